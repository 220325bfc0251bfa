/** Starts programs of the host, bounded in time and output, and ends everything they started. */
@NullMarked
package io.github.wheelmirror.process;

import org.jspecify.annotations.NullMarked;
