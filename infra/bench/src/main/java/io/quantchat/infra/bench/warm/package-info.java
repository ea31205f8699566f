/// What one request costs a function that is awake: time and allocation of the hot paths by JMH,
/// and a whole send beside what the database alone does in the same run.
package io.quantchat.infra.bench.warm;
