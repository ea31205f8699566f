/// What is measured, each in a package of its own: `./quantchat bench NAME`.
package io.quantchat.infra.bench;
