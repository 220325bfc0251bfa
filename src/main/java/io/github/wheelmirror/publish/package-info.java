/**
 * Regions that publish a tree: a local directory with locks, journal and switch, and its server.
 */
@NullMarked
package io.github.wheelmirror.publish;

import org.jspecify.annotations.NullMarked;
