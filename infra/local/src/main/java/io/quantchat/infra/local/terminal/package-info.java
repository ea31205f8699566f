/// The options of `up`, `demo` and the benches, read by picocli and refused alike.
package io.quantchat.infra.local.terminal;
