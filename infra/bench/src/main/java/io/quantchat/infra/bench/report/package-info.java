/// The parts that reports of several benches have: the machine, times, and how they become JSON.
package io.quantchat.infra.bench.report;
