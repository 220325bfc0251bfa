/** Finds Pythons, makes build environments and builds wheels from sdists, on this host. */
@NullMarked
package io.github.wheelmirror.builder;

import org.jspecify.annotations.NullMarked;
