/// Checkouts of the project, other commits' among them, and backends that their own scripts start.
package io.quantchat.infra.bench.checkout;
