package io.github.wheelmirror.builder;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a wheel's file name (PEP 427) says the pin that it was built for. */
public final class WheelAgreement {

  private static final Pattern WHEEL =
      Pattern.compile(
          "(?<name>[A-Za-z0-9_.]+)-(?<version>[A-Za-z0-9_.!+]+)(?:-\\d[A-Za-z0-9_.]*)?"
              + "(?:-[A-Za-z0-9_.]+){3}\\.whl");

  private final BiPredicate<String, String> sameVersion;

  /**
   * @param sameVersion whether two texts are the same version (PEP 440)
   */
  public WheelAgreement(BiPredicate<String, String> sameVersion) {
    this.sameVersion = sameVersion;
  }

  /** Why that file is not the pin's wheel, or nothing. */
  public Optional<String> refusal(String fileName, String name, String version) {
    Matcher parts = WHEEL.matcher(fileName);
    if (!parts.matches()) {
      return Optional.of("'" + fileName + "' is not a wheel's file name");
    }
    boolean agrees =
        normal(parts.group("name")).equals(normal(name))
            && sameVersion.test(parts.group("version").replace('_', '+'), version);
    return agrees
        ? Optional.empty()
        : Optional.of("'" + fileName + "' is not " + name + " " + version);
  }

  private static String normal(String name) {
    return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }
}
