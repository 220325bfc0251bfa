package io.github.wheelmirror.mojo;

/** What {@code compilerCache} may be. */
enum CompilerCacheUse {
  AUTO,
  OFF
}
