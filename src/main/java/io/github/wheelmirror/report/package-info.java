/** Facts told to a person while working and after. */
@NullMarked
package io.github.wheelmirror.report;

import org.jspecify.annotations.NullMarked;
