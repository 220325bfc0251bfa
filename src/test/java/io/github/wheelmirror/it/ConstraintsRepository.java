package io.github.wheelmirror.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;

/**
 * A bare Git repository of constraints, made without a git program; used by tests and {@code it/}.
 */
public final class ConstraintsRepository {

  private final Path folder;

  private ConstraintsRepository(Path folder) {
    this.folder = folder;
  }

  /** A repository at {@code folder}, made if missing. */
  public static ConstraintsRepository at(Path folder) throws IOException {
    if (!Files.exists(folder.resolve("HEAD"))) {
      try (Repository repository = open(folder)) {
        repository.create(true);
      }
    }
    return new ConstraintsRepository(folder);
  }

  /** Where it is, as the {@code constraints} parameter takes it. */
  public String url() {
    return folder.toUri().toString();
  }

  /** Commits {@code upper-constraints.txt} with this content to the branch. */
  public ConstraintsRepository branch(String name, String content) throws IOException {
    return ref("refs/heads/" + name, Map.of("upper-constraints.txt", content));
  }

  /** Commits the files' content, and nothing else, to the ref. */
  public ConstraintsRepository ref(String ref, Map<String, String> files) throws IOException {
    try (Repository repository = open(folder);
        ObjectInserter inserter = repository.newObjectInserter()) {
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree(files, inserter));
      ObjectId parent = repository.resolve(ref);
      if (parent != null) {
        commit.setParentId(parent);
      }
      PersonIdent author =
          new PersonIdent(
              "it", "it@example.org", Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
      commit.setAuthor(author);
      commit.setCommitter(author);
      commit.setMessage("constraints\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      RefUpdate update = repository.updateRef(ref);
      update.setNewObjectId(id);
      update.forceUpdate();
    }
    return this;
  }

  /** Removes the branch. */
  public void removeBranch(String name) throws IOException {
    try (Repository repository = open(folder)) {
      RefUpdate update = repository.updateRef("refs/heads/" + name);
      update.setForceUpdate(true);
      update.delete();
    }
  }

  private static Repository open(Path folder) throws IOException {
    return new RepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
  }

  private static ObjectId tree(Map<String, String> files, ObjectInserter inserter)
      throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    for (Map.Entry<String, String> file : files.entrySet()) {
      DirCacheEntry entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(FileMode.REGULAR_FILE);
      entry.setObjectId(
          inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }
}
