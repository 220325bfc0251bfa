package io.github.wheelmirror.mirror;

/**
 * What a region serves on one channel.
 *
 * @param snapshot {@code ""} before the first release
 * @param serial the release's number, 0 before the first
 * @param released ISO instant, {@code ""} before the first release
 * @param previous the snapshot served before, {@code ""} for none
 * @param interrupted the snapshot of a release that was cut off, {@code ""} for none
 * @param files wheels that the release lists
 */
public record RegionStatus(
    String region,
    String slug,
    String snapshot,
    long serial,
    String released,
    String previous,
    String interrupted,
    int files) {}
