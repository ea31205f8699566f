/**
 * Storage libraries beside each other, under the load of a relay on one machine: small entries that
 * are stored and deleted soon, each durable before it is answered, and read one by one and in
 * order. Built with a profile of its own, so that nothing else fetches them:
 *
 * <pre>
 * mvn -q -Pstorage-candidates -DskipTests -pl infra/bench/storage -am package
 * java -cp "infra/bench/storage/target/quantchat-bench-storage.jar:$(cat
 *   infra/bench/storage/target/class-path.txt)" io.quantchat.infra.bench.storage.StorageCandidates
 *   FOLDER 100000 5
 * </pre>
 */
package io.quantchat.infra.bench.storage;
