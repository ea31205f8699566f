/// What every function shares: reading a request, writing an answer, problems, JSON, tokens,
/// clients of AWS.
///
/// A function is built once, by its no-argument constructor, and then answers many requests. It
/// reads its environment while it is built and never afterwards.
package io.quantchat.gateway;
