package io.github.wheelmirror.mojo;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** A {@code <region>} of the configuration: a folder, or its parts. */
public class RegionParameter {
  @Nullable String name;
  @Nullable File directory;
  @Nullable String url;

  /** Called by Maven for {@code <region>FOLDER</region>}. */
  public void set(File directory) {
    this.directory = directory;
  }
}
