package io.github.wheelmirror.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One version specifier such as {@code >=1.2} (PEP 440, "Version specifiers").
 *
 * <p>Equal specifiers accept the same versions: {@code ==1.0} equals {@code == 1}. What pip's
 * {@code packaging} 26.3 accepts is what this class accepts.
 */
public final class Specifier {

  /** The comparison operators; {@link #toString} is how they are written. */
  public enum Operator {
    // longer ones before their beginnings
    ARBITRARY("==="),
    COMPATIBLE("~="),
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    GREATER(">");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** The operator that is written in {@code text} at {@code position}. */
    static Optional<Operator> at(String text, int position) {
      return Arrays.stream(values())
          .filter(operator -> text.startsWith(operator.symbol, position))
          .findFirst();
    }

    /** Whether {@code .*} and local versions may follow. */
    boolean allowsWildcard() {
      return this == EQUAL || this == NOT_EQUAL;
    }

    @Override
    public String toString() {
      return symbol;
    }
  }

  private final Operator operator;
  private final String versionText;
  private final boolean namesPreRelease;
  private final Object identity;
  private final Predicate<Version> rule;

  private Specifier(
      Operator operator,
      String versionText,
      boolean namesPreRelease,
      Object identity,
      Predicate<Version> rule) {
    this.operator = operator;
    this.versionText = versionText;
    this.namesPreRelease = namesPreRelease;
    this.identity = identity;
    this.rule = rule;
  }

  /**
   * Reads one specifier, white space around it and behind the operator allowed.
   *
   * @throws InvalidSpecifierException if it is none
   */
  public static Specifier parse(String text) {
    String stripped = PythonText.strip(text);
    var scanner = new SpecifierScanner(stripped, 0);
    Optional<Specifier> specifier = scanner.scan();
    if (specifier.isEmpty()) {
      throw new InvalidSpecifierException(text, scanner.reason());
    }
    if (scanner.position() < stripped.length()) {
      String rest = InvalidTextException.quote(stripped.substring(scanner.position()));
      throw new InvalidSpecifierException(
          text, "unexpected " + rest + " at position " + scanner.position());
    }
    return specifier.get();
  }

  /** The specifier, or nothing if {@code text} is none. */
  public static Optional<Specifier> tryParse(String text) {
    String stripped = PythonText.strip(text);
    var scanner = new SpecifierScanner(stripped, 0);
    return scanner.scan().filter(specifier -> scanner.position() == stripped.length());
  }

  static Specifier arbitrary(String text) {
    String lower = PythonText.lower(text);
    return new Specifier(
        Operator.ARBITRARY,
        text,
        Version.tryParse(text).map(Version::isPreRelease).orElse(false),
        text,
        candidate -> PythonText.lower(candidate.toString()).equals(lower));
  }

  /**
   * @param version what {@code versionText} says, without its wildcard
   */
  static Specifier of(Operator operator, String versionText, Version version, boolean wildcard) {
    if (wildcard) {
      Predicate<Version> prefix = between(withDevZero(version, 0), withDevZero(version, 1));
      return new Specifier(
          operator,
          versionText,
          false,
          versionText,
          operator == Operator.EQUAL ? prefix : prefix.negate());
    }
    return new Specifier(
        operator,
        versionText,
        operator != Operator.NOT_EQUAL && version.isPreRelease(),
        operator == Operator.COMPATIBLE ? version.toString() : version,
        rule(operator, version));
  }

  private static Predicate<Version> rule(Operator operator, Version version) {
    VersionKey key = version.key();
    return switch (operator) {
      case EQUAL -> equal(version);
      case NOT_EQUAL -> equal(version).negate();
      case LESS_OR_EQUAL -> candidate -> candidate.key().comparePublic(key) <= 0;
      case GREATER_OR_EQUAL -> candidate -> candidate.compareTo(version) >= 0;
      case LESS -> {
        Version bound = version.isPreRelease() ? version : version.devZero();
        yield candidate -> candidate.compareTo(bound) < 0;
      }
      case GREATER -> {
        boolean exact = version.isPostRelease() || version.isDevRelease();
        yield candidate ->
            candidate.key().comparePublic(key) > 0 && (exact || !candidate.key().sameFamily(key));
      }
      case COMPATIBLE -> {
        List<BigInteger> release = version.release();
        List<BigInteger> prefix = release.subList(0, release.size() - 1);
        yield between(
            version, withDevZero(new Version(version.epoch(), prefix, null, null, null, null), 1));
      }
      case ARBITRARY -> throw new AssertionError("compares texts, not versions");
    };
  }

  /** Without a local part, any local version of it is equal. */
  private static Predicate<Version> equal(Version version) {
    return version.hasLocal()
        ? version::equals
        : candidate -> candidate.key().comparePublic(version.key()) == 0;
  }

  private static Predicate<Version> between(Version from, Version below) {
    return candidate -> candidate.compareTo(from) >= 0 && candidate.compareTo(below) < 0;
  }

  /** The first development release of a version that has only epoch and release. */
  private static Version withDevZero(Version version, int addedToLast) {
    var release = new ArrayList<>(version.release());
    int last = release.size() - 1;
    release.set(last, release.get(last).add(BigInteger.valueOf(addedToLast)));
    return new Version(version.epoch(), release, null, null, BigInteger.ZERO, null);
  }

  /** Whether it accepts a version; {@code ===} compares with its normal form. Pre-releases too. */
  public boolean contains(Version version) {
    return rule.test(version);
  }

  /**
   * Whether it accepts a text; {@code ===} compares with the text itself, all other operators
   * accept versions only. Pre-releases too.
   */
  public boolean contains(String text) {
    if (operator == Operator.ARBITRARY) {
      return PythonText.lower(text).equals(PythonText.lower(versionText));
    }
    return Version.tryParse(text).filter(rule).isPresent();
  }

  /** The operator. */
  public Operator operator() {
    return operator;
  }

  /** What is written behind the operator, verbatim, {@code .*} included. */
  public String versionText() {
    return versionText;
  }

  /** Whether it asks for pre-releases by naming one, which {@code !=} never does. */
  public boolean namesPreRelease() {
    return namesPreRelease;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Specifier that
        && operator == that.operator
        && identity.equals(that.identity);
  }

  @Override
  public int hashCode() {
    return Objects.hash(operator, identity);
  }

  /** Operator and version text. */
  @Override
  public String toString() {
    return operator + versionText;
  }
}
