/// What Prometheus asks for: counts, times and sizes, on a port of its own. Labels are words of the
/// template and of the protocols alone; nothing that a client sent, and no id, is among them.
package io.quantchat.infra.local.metrics;
