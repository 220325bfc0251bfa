package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;

/** A server wants credentials, or others: status 401 or 403. */
final class AccessRefusedException extends MirrorException {

  private static final long serialVersionUID = 1L;

  AccessRefusedException(String what, String why, String fix) {
    super(Kind.INPUT, what, why, fix, null);
  }
}
