/** Branches, constraint files and pins: what a mirror is asked to hold. */
@NullMarked
package io.github.wheelmirror.constraints;

import org.jspecify.annotations.NullMarked;
