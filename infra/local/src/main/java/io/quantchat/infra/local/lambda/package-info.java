/// Lambda on one machine: the template's functions, built once in this process and invoked with
/// Lambda's limits. What API Gateway sees of it is `Functions` and `Invocation`.
package io.quantchat.infra.local.lambda;
