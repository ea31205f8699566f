package io.quantchat.infra.bench.cold;

/**
 * One life of one execution environment. Times are milliseconds.
 *
 * @param init from the process's start until the function is built; with SnapStart, until its
 *     snapshot
 * @param wake from the process's start to the first answer; with SnapStart, from the restore to it
 * @param first the first invocation alone
 * @param second the next one
 * @param warm the quickest of those after
 * @param processor what the processor had worked on it up to the first answer
 * @param peakMemory KiB resident, at most; 0 where the system doesn't say
 */
record Sample(
    double init,
    double wake,
    double first,
    double second,
    double warm,
    double processor,
    long peakMemory) {}
