package io.github.wheelmirror.python;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The file {@code WHEEL} of a wheel's {@code .dist-info} folder (PEP 427). */
public final class WheelMetadata {

  private final HeaderBlock block;
  private final String wheelVersion;
  private final boolean rootIsPurelib;
  private final SortedSet<Tag> tags;
  private final @Nullable BuildTag build;

  private WheelMetadata(HeaderBlock block) {
    this.block = block;
    this.wheelVersion = required("Wheel-Version");
    if (!hasMajor1(wheelVersion)) {
      throw invalid("Wheel-Version is " + InvalidTextException.quote(wheelVersion) + ", not 1.x");
    }
    this.rootIsPurelib = flag(required("Root-Is-Purelib"));
    try {
      SortedSet<Tag> all = new TreeSet<>();
      block.values("Tag").forEach(text -> all.addAll(Tag.parseSet(text)));
      this.tags = Collections.unmodifiableSortedSet(all);
      this.build = optional("Build").map(BuildTag::parse).orElse(null);
    } catch (InvalidTagException | InvalidBuildTagException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads the bytes of a file: e-mail headers, UTF-8.
   *
   * @throws InvalidWheelMetadataException if it is not UTF-8; if {@code Wheel-Version} or {@code
   *     Root-Is-Purelib} is missing; if a field is given twice or invalid; if the major version is
   *     not 1, which installers refuse too
   */
  public static WheelMetadata parse(byte[] bytes) {
    return new WheelMetadata(HeaderBlock.parse(bytes).orElseThrow(() -> invalid("not UTF-8")));
  }

  private static InvalidWheelMetadataException invalid(String reason) {
    return new InvalidWheelMetadataException("invalid WHEEL file: " + reason);
  }

  private String required(String field) {
    return optional(field).orElseThrow(() -> invalid(field + " is missing"));
  }

  private Optional<String> optional(String field) {
    List<String> values = block.values(field);
    if (values.size() > 1) {
      throw invalid(field + " is given twice");
    }
    return values.stream().findFirst();
  }

  private static boolean hasMajor1(String text) {
    return text.startsWith("1.")
        && text.length() > 2
        && text.chars().skip(2).allMatch(c -> PythonText.isDigit((char) c));
  }

  private static boolean flag(String text) {
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw invalid("Root-Is-Purelib is " + InvalidTextException.quote(text));
  }

  /** {@code Wheel-Version}, {@code 1.x}. */
  public String wheelVersion() {
    return wheelVersion;
  }

  /** Whether the root of the archive goes to {@code purelib}, else to {@code platlib}. */
  public boolean rootIsPurelib() {
    return rootIsPurelib;
  }

  /** {@code Tag}, expanded; should equal the tags of the file name. Unmodifiable. */
  public SortedSet<Tag> tags() {
    return tags;
  }

  /** {@code Build}; should equal the build tag of the file name. */
  public Optional<BuildTag> build() {
    return Optional.ofNullable(build);
  }

  /** {@code Generator}, the program that made the wheel. */
  public Optional<String> generator() {
    return block.values("Generator").stream().findFirst();
  }

  /** All fields, in order. */
  public List<MetadataHeader> headers() {
    return block.headers();
  }
}
