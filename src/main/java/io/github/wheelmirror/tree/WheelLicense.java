package io.github.wheelmirror.tree;

import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.python.InvalidCoreMetadataException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The licence that a wheel's metadata tells, at most one of two kinds.
 *
 * @param expression an SPDX expression (PEP 639), {@code ""} for none
 * @param name in any words, on one line, {@code ""} for none
 */
record WheelLicense(String expression, String name) {

  /** It tells nothing. */
  static final WheelLicense NONE = new WheelLicense("", "");

  private static final int LONGEST = 200;
  private static final String CLASSIFIER = "License :: ";

  /**
   * {@code License-Expression}, else {@code License}, else the classifiers, which are all that most
   * projects have that were packaged before there was the first.
   */
  static WheelLicense of(byte[] metadata) {
    try {
      CoreMetadata parsed = CoreMetadata.parse(metadata);
      String expression = line(parsed.licenseExpression().orElse(""));
      if (!expression.isEmpty()) {
        return new WheelLicense(expression, "");
      }
      String told =
          parsed.values("License").stream()
              .map(WheelLicense::line)
              // what setuptools writes for nothing
              .filter(text -> !text.isEmpty() && !text.equals("UNKNOWN"))
              .findFirst()
              .orElse("");
      return new WheelLicense("", told.isEmpty() ? classifiers(parsed) : told);
    } catch (InvalidCoreMetadataException e) {
      // the verifier says what is wrong with it
      return NONE;
    }
  }

  private static String classifiers(CoreMetadata metadata) {
    return line(
        metadata.values("Classifier").stream()
            .map(WheelLicense::line)
            .filter(text -> text.startsWith(CLASSIFIER))
            .map(text -> text.substring(text.lastIndexOf(":: ") + ":: ".length()))
            .filter(text -> !text.equals("OSI Approved"))
            .collect(Collectors.joining(", ")));
  }

  /** The first line that says something: some put the whole text of a licence there. */
  private static String line(String text) {
    Optional<String> first =
        text.lines()
            .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
            .filter(line -> !line.isEmpty())
            .findFirst();
    return first
        .orElse("")
        .codePoints()
        .limit(LONGEST)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }
}
