package io.github.wheelmirror.git;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.transport.BundleWriter;

/** A real repository made without a git program. */
final class GitFixture implements AutoCloseable {

  static final String FILE = "upper-constraints.txt";

  private final Repository repository;
  private int commits;

  private GitFixture(Repository repository) {
    this.repository = repository;
  }

  static GitFixture bare(Path directory) {
    return create(directory, true);
  }

  /** A repository with a working copy; what is read is its {@code .git} folder. */
  static GitFixture normal(Path directory) {
    return create(directory.resolve(".git"), false);
  }

  private static GitFixture create(Path gitDirectory, boolean bare) {
    IsolatedSystemReader.install();
    try {
      Repository repository = new FileRepository(gitDirectory.toFile());
      repository.create(bare);
      repository.updateRef(Constants.HEAD).link("refs/heads/master");
      return new GitFixture(repository);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return repository.getDirectory().toPath();
  }

  /** A commit on top of the ref with only the file of constraints; returns its name. */
  String commit(String ref, String constraints) {
    return commit(ref, Map.of(FILE, constraints));
  }

  String commit(String ref, Map<String, String> files) {
    return commit(ref, files, Map.of());
  }

  String commit(String ref, Map<String, String> files, Map<String, String> links) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCache index = DirCache.newInCore();
      DirCacheBuilder builder = index.builder();
      add(builder, inserter, files, FileMode.REGULAR_FILE);
      add(builder, inserter, links, FileMode.SYMLINK);
      builder.finish();
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(index.writeTree(inserter));
      Ref parent = repository.exactRef(ref);
      if (parent != null) {
        commit.setParentId(parent.getObjectId());
      }
      commit.setAuthor(person());
      commit.setCommitter(person());
      commit.setMessage("commit " + commits++);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      point(ref, id);
      return id.name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(
      DirCacheBuilder builder, ObjectInserter inserter, Map<String, String> files, FileMode mode)
      throws IOException {
    for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
      DirCacheEntry entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(mode);
      entry.setObjectId(
          inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
      builder.add(entry);
    }
  }

  /** An annotated tag on a commit; returns the tag object's name. */
  String annotatedTag(String name, String commit) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      TagBuilder tag = new TagBuilder();
      tag.setTag(name);
      tag.setObjectId(ObjectId.fromString(commit), Constants.OBJ_COMMIT);
      tag.setTagger(person());
      tag.setMessage(name);
      ObjectId id = inserter.insert(tag);
      inserter.flush();
      point("refs/tags/" + name, id);
      return id.name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void point(String ref, String commit) {
    point(ref, ObjectId.fromString(commit));
  }

  private void point(String ref, ObjectId id) {
    try {
      RefUpdate update = repository.updateRef(ref);
      update.setNewObjectId(id);
      update.forceUpdate();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String ref) {
    try {
      RefUpdate update = repository.updateRef(ref);
      update.setForceUpdate(true);
      update.delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes all refs into a bundle file. */
  void bundle(Path file) {
    BundleWriter writer = new BundleWriter(repository);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (Ref ref : repository.getRefDatabase().getRefs()) {
        if (ref.getName().startsWith("refs/")) {
          writer.include(ref);
        }
      }
      writer.writeBundle(NullProgressMonitor.INSTANCE, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    repository.close();
  }

  private PersonIdent person() {
    Instant when = Instant.ofEpochSecond(1_700_000_000L + commits);
    return new PersonIdent("Somebody", "somebody@example.invalid", when, ZoneOffset.UTC);
  }
}
