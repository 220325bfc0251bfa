package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wheelmirror.EnumText;

/** The kind of a failed download or build; in JSON {@code missing-header} and so on. */
public enum FailureClass {
  /** A C header or library of the system is not installed. */
  MISSING_HEADER,
  /** There is no C, C++, Fortran or Rust compiler. */
  NO_COMPILER,
  /** A program that the build runs is not installed. */
  MISSING_PROGRAM,
  /** The build imports a Python module that it does not declare. */
  MISSING_PYTHON_MODULE,
  /** The sdist needs an older setuptools, Cython or NumPy than the build had. */
  OLD_SETUPTOOLS,
  /** The source does not know this Python: it is too old or too new. */
  UNSUPPORTED_PYTHON,
  /** The build wanted to download something by itself. */
  NETWORK_NEEDED,
  /** The sdist has neither {@code pyproject.toml} nor {@code setup.py}. */
  NO_BUILD_FILE,
  /** The sdist tries to write outside its folder, or is far too large. */
  UNSAFE_SDIST,
  /** A patch of an override does not fit the source. */
  PATCH_MISFIT,
  /** The sdist does not tell its version, since it is a copy of a repository without metadata. */
  NO_VERSION,
  /** A compiler refused the source, or warned of what the source makes an error. */
  COMPILE_ERROR,
  /** The build wanted a person to answer. */
  INPUT_NEEDED,
  /** The build or its compiler was killed for want of memory. */
  OUT_OF_MEMORY,
  /** The build did not end in time. */
  TIMEOUT,
  /** The build printed or wrote more than allowed. */
  OUTPUT_LIMIT,
  /** The build ran more processes at once than allowed. */
  PROCESS_LIMIT,
  /** The build ended well but its wheel is wrong. */
  BAD_WHEEL,
  /** The build environment could not be made. */
  BUILD_ENVIRONMENT,
  /** The file could not be downloaded. */
  DOWNLOAD,
  /** The downloaded file has another hash than the index promised. */
  WRONG_HASH,
  /** The index's wheel breaks the rules for wheels. */
  REFUSED_WHEEL,
  /** No interpreter of the target's Python was found. */
  NO_INTERPRETER,
  /** Only an agent of the target's platform can build this. */
  WAITING_FOR_AGENT,
  /** No space was left. */
  DISK_FULL,
  /** The shard that had this work did not report. */
  LOST_SHARD,
  /** Somebody ended the build's process. */
  KILLED,
  /** Nothing of the above was recognised; the log tells more. */
  UNKNOWN;

  /**
   * Whether the same build would fail again for as long as nothing changes; else the cause may pass
   * by itself.
   */
  public boolean isLasting() {
    return switch (this) {
      case DOWNLOAD,
          WRONG_HASH,
          REFUSED_WHEEL,
          NO_INTERPRETER,
          WAITING_FOR_AGENT,
          DISK_FULL,
          LOST_SHARD,
          BUILD_ENVIRONMENT,
          NO_VERSION,
          KILLED ->
          false;
      default -> true;
    };
  }

  /** Reads what {@link #toString} wrote. */
  @JsonCreator
  public static FailureClass parse(String text) {
    return EnumText.parse(FailureClass.class, text);
  }

  @JsonValue
  @Override
  public String toString() {
    return EnumText.of(this);
  }
}
