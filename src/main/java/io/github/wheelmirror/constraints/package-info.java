/** Branches, constraint files and pins, and what every branch wants on every target. */
@NullMarked
package io.github.wheelmirror.constraints;

import org.jspecify.annotations.NullMarked;
