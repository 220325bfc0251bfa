package io.github.wheelmirror.build;

import io.github.wheelmirror.MirrorException;

/** A downloaded file is not the one that the index promised: other bytes or another size. */
public final class WrongFileException extends MirrorException {

  private static final long serialVersionUID = 1;

  /** The index, or something on the way to it, is at fault. */
  public WrongFileException(String what, String why, String fix) {
    super(Kind.MACHINERY, what, why, fix, null);
  }
}
