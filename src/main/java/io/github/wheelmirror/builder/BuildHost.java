package io.github.wheelmirror.builder;

/** What is found out about this host when the first build begins. */
record BuildHost(
    Sandbox sandbox, CompilerCache cache, CompilerWrappers compilers, HookRunner hooks) {}
