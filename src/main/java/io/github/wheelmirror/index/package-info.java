/** Reads Python package indexes (PEP 503 and 691) and find-links folders, and downloads files. */
@NullMarked
package io.github.wheelmirror.index;

import org.jspecify.annotations.NullMarked;
