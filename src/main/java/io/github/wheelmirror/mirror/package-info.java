/** The use cases: one class per goal, their order and parallelism, and the workspace's paths. */
@NullMarked
package io.github.wheelmirror.mirror;

import org.jspecify.annotations.NullMarked;
