package io.github.wheelmirror.mojo;

import org.jspecify.annotations.Nullable;

/** A {@code <region>} of the configuration: its {@code url} alone, or its parts. */
public class RegionParameter {
  @Nullable String id;
  @Nullable String url;
  @Nullable String serverId;
  @Nullable String publicUrl;
  @Nullable String afterStage;
  @Nullable String afterFlip;
  @Nullable String afterPrune;

  /** Called by Maven for {@code <region>FOLDER</region>}. */
  public void set(String url) {
    this.url = url;
  }
}
