/** The Python packaging standards and nothing else: names, versions, markers, tags, file names. */
@NullMarked
package io.github.wheelmirror.python;

import org.jspecify.annotations.NullMarked;
