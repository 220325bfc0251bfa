/** The real constraints' size against a synthetic index. */
@NullMarked
package io.github.wheelmirror.scale;

import org.jspecify.annotations.NullMarked;
