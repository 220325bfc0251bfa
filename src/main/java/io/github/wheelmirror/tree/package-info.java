/** The published repository: wheels, pages, manifests, their checks, and what a region must do. */
@NullMarked
package io.github.wheelmirror.tree;

import org.jspecify.annotations.NullMarked;
