package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several equal parts of a plan's work, written {@code 3/20}.
 *
 * @param index from 1 to {@code count}
 * @param count at most {@link #MOST}
 */
public record Shard(int index, int count) {

  /** More would be a mistake. */
  public static final int MOST = 10_000;

  private static final Pattern FORM = Pattern.compile("([0-9]{1,5})/([0-9]{1,5})");

  public Shard {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("there are 1 to " + MOST + " parts, not " + count);
    }
    if (index < 1 || index > count) {
      throw new IllegalArgumentException(
          "the parts are numbered from 1 to " + count + ", there is no part " + index);
    }
  }

  /**
   * Reads {@code 3/20}.
   *
   * @throws IllegalArgumentException if it is not of this form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Shard parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("it is not of the form 3/20");
    }
    return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  @Override
  @JsonValue
  public String toString() {
    return index + "/" + count;
  }
}
