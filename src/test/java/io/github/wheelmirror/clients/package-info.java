/** The mirror as real pip and uv see it behind real web servers. */
@NullMarked
package io.github.wheelmirror.clients;

import org.jspecify.annotations.NullMarked;
