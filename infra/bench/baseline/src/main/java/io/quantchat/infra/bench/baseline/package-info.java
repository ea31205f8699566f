/// The same requests as a tutorial would answer them, for the cold-start benchmark to compare with:
/// events as POJOs by the runtime's own deserialiser, each AWS client with its defaults, an
/// `ObjectMapper` of its own with data binding, one call of the database after the other, no
/// priming.
///
/// It reads and writes the tables that the functions do, asks the same questions of them, and costs
/// an attacker the same Argon2. It leaves out what a tutorial leaves out (validation, repeats,
/// blocks, problems), so it does less, not more, than what it is compared with.
package io.quantchat.infra.bench.baseline;
