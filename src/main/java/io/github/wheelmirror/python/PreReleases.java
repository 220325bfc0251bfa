package io.github.wheelmirror.python;

/** What to do with pre-releases that the specifiers match (PEP 440, "Handling of pre-releases"). */
public enum PreReleases {
  /**
   * A single version is accepted. Of several, pre-releases are kept only if a specifier names one
   * or if there is no final release among those that match.
   */
  DEFAULT,
  /** Pre-releases are like any other version. */
  ALLOW,
  /** No pre-release is accepted, even if a specifier names it. */
  FORBID
}
