/** What pip or uv of a given version chooses, and why. */
@NullMarked
package io.github.wheelmirror.selection;

import org.jspecify.annotations.NullMarked;
