package io.github.wheelmirror.index;

/**
 * What an index client did so far.
 *
 * @param pageRequests pages asked for over the network, repetitions and redirects not counted
 * @param notModified of these, pages that the cache still had right (status 304)
 * @param downloads files that came over the network
 * @param repeated attempts after a passing failure
 * @param bytes bodies as they came over the network, packed ones packed
 */
public record IndexStatistics(
    long pageRequests, long notModified, long downloads, long repeated, long bytes) {}
