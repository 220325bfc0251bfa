package io.github.wheelmirror.selection;

/** What a tool makes of a file: the closed list. */
public enum Reason {
  /** It is installed. */
  CHOSEN("chosen"),
  /** The tool stops at an earlier index (uv's {@code first-index}). */
  INDEX_NOT_SEARCHED("an index before it has the project, so this one is not searched"),
  /** The name of another project, or none. */
  NOT_THIS_PROJECT("the file name is not of this project"),
  /** Neither a wheel (PEP 427) nor an sdist (PEP 625). */
  INVALID_FILE_NAME("the file name is not valid"),
  /** Not PEP 440. */
  INVALID_VERSION("the version in the file name is not valid"),
  /** Neither a wheel nor an archive that the tool builds from. */
  UNSUPPORTED_ARCHIVE("the tool does not install archives of this kind"),
  /** {@code --no-binary} or {@code --only-binary}. */
  FORMAT_NOT_ALLOWED("the format is not allowed by the options"),
  /** PEP 425. */
  INCOMPATIBLE_TAG("none of the wheel's tags is supported"),
  /** An old {@code -pyX.Y} suffix. */
  OTHER_PYTHON("the sdist is for another Python"),
  /** {@code Requires-Python}. */
  REQUIRES_PYTHON("Requires-Python excludes this Python"),
  /** A {@code Requires-Python} for which a tool drops the file. */
  UNREADABLE_REQUIRES_PYTHON("Requires-Python cannot be read"),
  /** {@code --uploaded-prior-to} or {@code --exclude-newer}. */
  UPLOADED_TOO_LATE("the file was uploaded too late"),
  /** The same, and the page has no upload time (PEP 700). */
  UPLOAD_TIME_UNKNOWN("the page does not tell when the file was uploaded"),
  /** An HTML file in a find-links directory, which uv does not look into. */
  PAGE_NOT_READ("the tool does not read pages in a find-links directory"),
  /** The requirement's specifiers. */
  EXCLUDED_BY_REQUIREMENT("the version does not satisfy the requirement"),
  /** The constraints' specifiers. */
  EXCLUDED_BY_CONSTRAINT("the version does not satisfy the constraint"),
  /** PEP 440, "Handling of pre-releases". */
  PRE_RELEASE("pre-releases are not allowed, or used only if nothing else fits"),
  /** PEP 592. */
  YANKED("the file is yanked"),
  /** Hash-checking mode. */
  HASH_NOT_ALLOWED("the hash is none of those that are allowed"),
  /** Hash-checking mode, and no hash counts for the project. */
  HASH_NOT_GIVEN("hashes are required, and none is given for this project"),
  /** Another file has an allowed hash, this one has none. */
  HASH_UNKNOWN("another file has an allowed hash, this one tells none"),
  /** {@code --prefer-binary}. */
  WHEEL_PREFERRED("a wheel is preferred, of whatever version"),
  /** The tool gave the whole version up because of another file of it. */
  VERSION_GIVEN_UP("another file of this version was tried first and refused"),
  /** A higher version fits. */
  LOWER_VERSION("a higher version fits"),
  /** A wheel of the same version fits. */
  SDIST("a wheel of the same version fits"),
  /** A wheel of the same version has a better tag (PEP 425). */
  WORSE_TAG("a wheel of this version has a better tag"),
  /** PEP 427. */
  LOWER_BUILD_TAG("a wheel of this version has a higher build tag"),
  /** Equal in all that counts, and another place comes first. */
  OTHER_PLACE("an equal file of another place is taken"),
  /** Equal in all that counts, in the same place. */
  ORDER("an equal file of the same place is taken because of the order"),
  /** It would have been chosen or is not worse, but the tool stops with an error. */
  TOOL_FAILS("the tool stops with an error");

  private final String sentence;

  Reason(String sentence) {
    this.sentence = sentence;
  }

  /** In words, without a full stop. */
  public String sentence() {
    return sentence;
  }
}
