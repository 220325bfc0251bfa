/** Reads constraints out of a Git repository with JGit: ls-remote, shallow fetch, cache. */
@NullMarked
package io.github.wheelmirror.git;

import org.jspecify.annotations.NullMarked;
