package io.tenantpool.soak;

/**
 * What was seen at one moment.
 *
 * @param second since the begin
 * @param sockets the most that were open at once since the sample before
 * @param allowed the most that may have been open
 * @param open connections, as the agent counts them
 * @param active those that are lent
 * @param heapMegabytes what is left after a collection
 * @param threads of the whole JVM
 * @param unitsPerSecond what the application does
 */
record Sample(
    double second,
    int sockets,
    int allowed,
    int open,
    int active,
    double heapMegabytes,
    int threads,
    double unitsPerSecond) {}
