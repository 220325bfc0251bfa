package io.github.wheelmirror.build;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code diff -u} and {@code git diff} print: changes of the files of a source tree.
 *
 * @param files in the order of the text; a file may come more than once
 */
public record UnifiedDiff(List<FileDiff> files) {

  public UnifiedDiff {
    files = List.copyOf(files);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with the line, if it is none, or does what cannot be done here
   */
  public static UnifiedDiff parse(String text) {
    return new UnifiedDiff(new UnifiedDiffParser(text).parse());
  }

  /** What becomes of a file. */
  public enum Kind {
    CREATE,
    CHANGE,
    DELETE
  }

  /**
   * The changes of one file.
   *
   * @param path below the tree, without the first part as of {@code patch -p1}; neither absolute
   *     nor with {@code ..}
   * @param executable whether it becomes a program, if that is said
   */
  public record FileDiff(Kind kind, String path, Optional<Boolean> executable, List<Hunk> hunks) {
    public FileDiff {
      Objects.requireNonNull(kind);
      Check.notBlank(path, "a path of a patch");
      hunks = List.copyOf(hunks);
    }
  }

  /**
   * Lines that take the place of others.
   *
   * @param line where it begins in the patch, from 1
   * @param oldStart the line of the file as it was, from 1; without old lines the line before
   */
  public record Hunk(int line, int oldStart, List<Line> lines) {
    public Hunk {
      lines = List.copyOf(lines);
    }

    /** The lines that must be there, with their line ends. */
    public List<String> before() {
      return lines.stream().filter(each -> each.mark() != '+').map(Line::text).toList();
    }

    /** The lines that take their place, with their line ends. */
    public List<String> after() {
      return lines.stream().filter(each -> each.mark() != '-').map(Line::text).toList();
    }

    /** Whether lines stay that show where it belongs. */
    public boolean hasContext() {
      return lines.stream().anyMatch(each -> each.mark() == ' ');
    }

    /** Whether it ends with a line that stays; else nothing comes after it in the file. */
    public boolean endsWithContext() {
      return !lines.isEmpty() && lines.get(lines.size() - 1).mark() == ' ';
    }
  }

  /**
   * A line of a hunk.
   *
   * @param mark {@code ' '} stays, {@code '-'} goes, {@code '+'} comes
   * @param text with its line end, which only a file's last line may lack
   */
  public record Line(char mark, String text) {}
}
