package io.github.wheelmirror.constraints;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import java.util.List;
import java.util.Optional;

/**
 * Where constraint files come from: a repository of branches.
 *
 * <p>Every method throws {@link MirrorException}: {@code MACHINERY} if the repository cannot be
 * reached, {@code INPUT} if what was asked for is wrong (not a repository, credentials missing).
 */
public interface ConstraintsSource {

  /** The repository's address without secrets, as a person may read it. */
  String location();

  /** Notes what decides which branches and tags there are. */
  default void note(Seen seen) {
    seen.doubt(location() + " has to be asked");
  }

  /** All branches and tags, by name. */
  List<GitRef> refs();

  /** Makes the commits of these refs readable; only those not yet at hand travel. */
  void fetch(List<GitRef> wanted);

  /**
   * A file of a commit that was fetched.
   *
   * @param path relative to the repository's root, with {@code /}
   * @return the content, or empty if the commit has no such file
   */
  Optional<byte[]> read(String commit, String path);
}
