package io.github.wheelmirror.git;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads files out of commits, following symbolic links within the same commit. */
final class CommitReader {

  /** No file of constraints comes near; guards the heap against a wrong file name. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final int MOST_LINKS = 10;

  private final Repository repository;

  CommitReader(Repository repository) {
    this.repository = repository;
  }

  /** Whether the commit and its whole tree's entries can be read. */
  boolean has(String commit) {
    try (RevWalk walk = new RevWalk(repository);
        TreeWalk entries = new TreeWalk(repository)) {
      entries.addTree(walk.parseTree(ObjectId.fromString(commit)));
      while (entries.next()) {
        boolean held = entries.getFileMode(0) == FileMode.GITLINK;
        if (!held && !walk.getObjectReader().has(entries.getObjectId(0))) {
          return false;
        }
      }
      return true;
    } catch (IncorrectObjectTypeException e) {
      // there, but not a commit: reading says so in words
      return true;
    } catch (IOException | InvalidObjectIdException e) {
      return false;
    }
  }

  /**
   * A file's content; empty if the commit has no file of that name.
   *
   * @param path relative, with {@code /}
   * @throws MirrorException (input) if it is too large, or the ref does not name a commit
   */
  Optional<byte[]> read(String commit, String path) throws IOException {
    try (ObjectReader objects = repository.newObjectReader();
        RevWalk walk = new RevWalk(objects)) {
      RevTree tree = walk.parseTree(ObjectId.fromString(commit));
      Optional<String> current = normal("", path);
      for (int links = 0; links <= MOST_LINKS && current.isPresent(); links++) {
        if (current.get().isEmpty()) {
          return Optional.empty();
        }
        try (TreeWalk entry = TreeWalk.forPath(objects, current.get(), tree)) {
          if (entry == null || entry.getFileMode(0).getObjectType() != Constants.OBJ_BLOB) {
            return Optional.empty();
          }
          byte[] content = content(objects, entry.getObjectId(0), commit, path);
          if (entry.getFileMode(0) != FileMode.SYMLINK) {
            return Optional.of(content);
          }
          current = normal(parent(current.get()), new String(content, StandardCharsets.UTF_8));
        }
      }
      return Optional.empty();
    } catch (IncorrectObjectTypeException | InvalidObjectIdException e) {
      throw MirrorException.input(
          "the ref at " + commit + " cannot be read",
          "it does not name a commit",
          "leave it out with an exclude pattern");
    }
  }

  private static byte[] content(ObjectReader objects, ObjectId id, String commit, String path)
      throws IOException {
    ObjectLoader loader = objects.open(id);
    try {
      return loader.getCachedBytes(MOST_BYTES);
    } catch (LargeObjectException e) {
      throw MirrorException.input(
          path + " of commit " + commit + " cannot be constraints",
          "it has " + loader.getSize() + " bytes",
          "name the file of constraints");
    }
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The path without {@code .} and {@code ..}; empty if it leaves the repository. */
  private static Optional<String> normal(String base, String path) {
    if (path.startsWith("/")) {
      return Optional.empty();
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : (base + "/" + path).split("/", -1)) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          return Optional.empty();
        }
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }
}
