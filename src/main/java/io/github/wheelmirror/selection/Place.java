package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.ProjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One location that a tool was told of, and what it answered for the project: an index's project
 * page, or all files of a find-links location.
 *
 * <p>File names are read once for each rule, however often the place is looked at.
 */
public final class Place {

  /** How the tool was told of it. */
  public enum Role {
    /** {@code --index-url}: pip looks there first, uv last. */
    INDEX,
    /** {@code --extra-index-url}, in the order given. */
    EXTRA_INDEX,
    /** {@code --find-links} with the URL of a page. */
    FIND_LINKS_PAGE,
    /** {@code --find-links} with a local directory: the files in it. */
    FIND_LINKS_DIRECTORY,
    /** The same: what the HTML files in it link to, which pip reads as pages and uv does not. */
    FIND_LINKS_DIRECTORY_PAGES;

    /** Whether it has a page for each project. */
    public boolean isIndex() {
      return this == INDEX || this == EXTRA_INDEX;
    }
  }

  /** How it answered. */
  public enum Answer {
    /** With a page, be it empty. */
    SERVED,
    /** Status 404: it does not have the project. */
    NOT_FOUND,
    /** Status 401 or 403. */
    REFUSED,
    /** Another status, no connection, or a page of a type that the Simple API does not have. */
    UNUSABLE,
    /** A JSON page that cannot be read. */
    MALFORMED
  }

  private final String name;
  private final Role role;
  private final Answer answer;
  private final List<ListedFile> files;
  private final Map<NameQuestion, List<NamedFile>> read = new ConcurrentHashMap<>();

  private record NameQuestion(FileNames names, ProjectName project) {}

  /**
   * A place.
   *
   * @param name its URL, or path for a directory; some tools order equal files by it
   * @param files in the order listed; empty unless it served a page
   * @throws IllegalArgumentException if there are files of a place that served none
   */
  public Place(String name, Role role, Answer answer, List<ListedFile> files) {
    this.name = Objects.requireNonNull(name);
    this.role = Objects.requireNonNull(role);
    this.answer = Objects.requireNonNull(answer);
    this.files = List.copyOf(files);
    if (answer != Answer.SERVED && !files.isEmpty()) {
      throw new IllegalArgumentException(name + " served nothing, so it has no files");
    }
  }

  /** A place that served these files. */
  public static Place served(String name, Role role, List<ListedFile> files) {
    return new Place(name, role, Answer.SERVED, files);
  }

  /** A place that served nothing. */
  public static Place without(String name, Role role, Answer answer) {
    return new Place(name, role, answer, List.of());
  }

  /** The same, told to a tool in another way. */
  public Place as(Role other) {
    return other == role ? this : new Place(name, other, answer, files);
  }

  /** Its URL or path. */
  public String name() {
    return name;
  }

  /** How the tool was told of it. */
  public Role role() {
    return role;
  }

  /** How it answered. */
  public Answer answer() {
    return answer;
  }

  /** Its files, in the order listed. */
  public List<ListedFile> files() {
    return files;
  }

  /** Its files with their names read, in the order listed. */
  List<NamedFile> named(FileNames names, ProjectName project) {
    return read.computeIfAbsent(
        new NameQuestion(names, project),
        question -> {
          List<NamedFile> named = new ArrayList<>();
          for (ListedFile file : files) {
            named.add(new NamedFile(this, file, names.read(file.filename(), project)));
          }
          return List.copyOf(named);
        });
  }

  /** Name, role and what it has. */
  @Override
  public String toString() {
    return name
        + " ("
        + role
        + ", "
        + (answer == Answer.SERVED ? files.size() + " files" : answer)
        + ")";
  }
}
