/// What end-to-end encryption costs a client: the time of each operation by JMH, beside the sum of
/// the bare primitives that it can't do without, and what travels for it.
package io.quantchat.infra.bench.encryption;
