package io.github.wheelmirror.build;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.python.InvalidCoreMetadataException;

/** Port: what wheels of an index say of themselves. */
public interface WheelDescriptions {

  /**
   * The metadata of a wheel, from its metadata file (PEP 658) or from the wheel itself, either only
   * if its bytes are those that the index promised.
   *
   * @throws InvalidCoreMetadataException if it makes no sense
   * @throws MirrorException if it cannot be had
   */
  CoreMetadata of(RemoteFile wheel);
}
