package io.github.wheelmirror.index;

import java.util.Map;

/**
 * One file as a page describes it, not checked yet.
 *
 * @param filename empty to take the last part of the link
 * @param link absolute or relative, with or without a hash in its fragment
 * @param hashes by algorithm, all that the page names
 * @param hasMetadata whether a {@code .metadata} sidecar is offered
 */
record PageEntry(
    String filename,
    String link,
    Map<String, String> hashes,
    String requiresPython,
    boolean yanked,
    String yankedReason,
    String uploadTime,
    long size,
    Map<String, String> metadataHashes,
    boolean hasMetadata) {}
