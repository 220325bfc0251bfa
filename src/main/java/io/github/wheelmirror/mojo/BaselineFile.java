package io.github.wheelmirror.mojo;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.util.List;

/** What the baseline file holds. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.NON_PRIVATE)
final class BaselineFile {
  List<Entry> accepted = List.of();

  /** A finding that is accepted, as it is written. */
  @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.NON_PRIVATE)
  static final class Entry {
    String pin = "";
    String file = "";
    String check = "";
    String reason = "";
    String expires = "";
  }
}
