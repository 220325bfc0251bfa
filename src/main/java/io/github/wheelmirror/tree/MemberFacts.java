package io.github.wheelmirror.tree;

/**
 * What reading a file of a wheel showed.
 *
 * @param name of the member
 * @param code by its first bytes
 * @param machine ELF's, -1 for none
 */
record MemberFacts(String name, NativeCode code, int machine) {}
