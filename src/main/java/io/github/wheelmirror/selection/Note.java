package io.github.wheelmirror.selection;

/** What a person should know of a choice beside the reasons. */
public enum Note {
  /** All constraints for the project have a marker that does not match. */
  UNCONSTRAINED("no constraint for the project applies on this target, so any version may win"),
  /** Nothing but the order decided. */
  TIE("equal files were told apart by their order only"),
  /** The chosen file is an sdist. */
  BUILDS("an sdist is chosen, so it is built where it is installed"),
  /** The chosen file is yanked. */
  YANKED("the chosen file is yanked"),
  /** A hash is required, the chosen file's is not told. */
  HASH_CHECKED_LATER("the chosen file's hash is known only after the download"),
  /** A place that could not be read was passed over in silence. */
  PLACE_IGNORED("a place that did not answer is passed over in silence");

  private final String sentence;

  Note(String sentence) {
    this.sentence = sentence;
  }

  /** In words, without a full stop. */
  public String sentence() {
    return sentence;
  }
}
