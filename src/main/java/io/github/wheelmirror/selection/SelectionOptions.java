package io.github.wheelmirror.selection;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.selection.FormatOption.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of an installer that decide which file it takes.
 *
 * @param pre {@code --pre}, for uv {@code --prerelease allow}
 * @param preferBinary {@code --prefer-binary}, which uv does not have
 * @param formats {@code --no-binary} and {@code --only-binary}, in the order given
 * @param hashes those that the requirement allows, as {@code sha256:<hexadecimal>}; empty if none
 *     is required
 * @param uploadedPriorTo {@code --uploaded-prior-to}, for uv {@code --exclude-newer}; null for none
 */
public record SelectionOptions(
    boolean pre,
    boolean preferBinary,
    List<FormatOption> formats,
    Set<String> hashes,
    @Nullable UploadLimit uploadedPriorTo) {

  /** None at all. */
  public static final SelectionOptions NONE =
      new SelectionOptions(false, false, List.of(), Set.of());

  private static final Pattern HASH = Pattern.compile("[a-z0-9]+:[0-9a-f]+");

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if a hash is none
   */
  public SelectionOptions {
    formats = List.copyOf(formats);
    SortedSet<String> sorted = new TreeSet<>();
    for (String hash : hashes) {
      String lower = hash.toLowerCase(Locale.ROOT);
      if (!HASH.matcher(lower).matches()) {
        throw new IllegalArgumentException("'" + hash + "' is no hash");
      }
      sorted.add(lower);
    }
    hashes = Collections.unmodifiableSortedSet(sorted);
  }

  /** Options without a limit of upload times. */
  public SelectionOptions(
      boolean pre, boolean preferBinary, List<FormatOption> formats, Set<String> hashes) {
    this(pre, preferBinary, formats, hashes, null);
  }

  /** The same with another limit of upload times. */
  public SelectionOptions withUploadedPriorTo(@Nullable UploadLimit limit) {
    return new SelectionOptions(pre, preferBinary, formats, hashes, limit);
  }

  /**
   * From what is typed: {@code --pre}, {@code --prefer-binary}, {@code --no-binary VALUE}, {@code
   * --only-binary VALUE}, {@code --hash=sha256:VALUE}; a value may follow an equals sign.
   *
   * @throws MirrorException (input) for anything else
   */
  public static SelectionOptions parse(List<String> arguments) {
    boolean pre = false;
    boolean preferBinary = false;
    List<FormatOption> formats = new ArrayList<>();
    Set<String> hashes = new TreeSet<>();
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      int equals = argument.indexOf('=');
      String option = equals < 0 ? argument : argument.substring(0, equals);
      if (argument.equals("--pre")) {
        pre = true;
      } else if (argument.equals("--prefer-binary")) {
        preferBinary = true;
      } else {
        String value =
            equals >= 0 ? argument.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
        try {
          switch (option) {
            case "--no-binary" -> formats.add(new FormatOption(Kind.NO_BINARY, value));
            case "--only-binary" -> formats.add(new FormatOption(Kind.ONLY_BINARY, value));
            case "--hash" ->
                hashes.addAll(
                    new SelectionOptions(false, false, List.of(), Set.of(value)).hashes());
            default -> throw new IllegalArgumentException("it is not known");
          }
        } catch (IllegalArgumentException e) {
          throw MirrorException.input(
              "Option '" + argument + "' cannot be used",
              String.valueOf(e.getMessage()),
              "use --pre, --prefer-binary, --no-binary, --only-binary or --hash, as pip spells them");
        }
      }
    }
    return new SelectionOptions(pre, preferBinary, formats, hashes);
  }
}
