/** The goals: parameters, translation between Maven and the core, and wiring. */
@NullMarked
package io.github.wheelmirror.mojo;

import org.jspecify.annotations.NullMarked;
