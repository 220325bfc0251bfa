/**
 * What to build and how it ended: plan, build keys, outcomes, and the ports to index and builder.
 */
@NullMarked
package io.github.wheelmirror.build;

import org.jspecify.annotations.NullMarked;
