package io.github.wheelmirror.mojo;

import org.jspecify.annotations.Nullable;

/** An {@code <index>} of the configuration: a URL, or its parts. */
public class IndexParameter {
  @Nullable String url;
  @Nullable String serverId;
  boolean trustUnhashed;

  /** Called by Maven for {@code <index>URL</index>}. */
  public void set(String url) {
    this.url = url;
  }
}
