package io.github.wheelmirror.mirror;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.UrlLogin;
import io.github.wheelmirror.constraints.BranchSelection;
import io.github.wheelmirror.constraints.BranchSelector;
import io.github.wheelmirror.constraints.ConstraintsSource;
import io.github.wheelmirror.constraints.SelectedBranch;
import io.github.wheelmirror.constraints.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Writes the first {@code pom.xml} of a mirror; what it says works at once: the repository was
 * looked at, unless the run is offline, and the Python was asked.
 */
public final class WriteFirstPom {

  private static final Pattern HTTP_LOGIN = Pattern.compile("(?i)https?://[^/\\s]*@");

  private final MirrorRequest request;
  private final Outside outside;
  private final Supplier<List<String>> pythons;

  /**
   * For what was asked for.
   *
   * @param pythons tags of all Pythons of this host, such as {@code cp312}
   */
  public WriteFirstPom(MirrorRequest request, Outside outside, Supplier<List<String>> pythons) {
    this.request = request;
    this.outside = outside;
    this.pythons = pythons;
  }

  /** The coordinates of the plugin that the file names. */
  public record Plugin(String groupId, String artifactId, String version) {}

  /**
   * Writes it.
   *
   * @param folder the project's
   * @param given value by parameter, those that were given on the command line
   * @throws MirrorException (input) if there is a {@code pom.xml}, a URL has a login, or nothing
   *     could be mirrored; (machinery) if the repository cannot be reached, or the file be written
   */
  public void run(Path folder, Plugin plugin, Map<String, String> given) {
    Path file = folder.resolve("pom.xml");
    refuseAnother(file);
    given.forEach(WriteFirstPom::refuseUnfit);
    ConstraintsSource source = outside.constraints().get();
    List<Target> targets = outside.targets().get();
    String branches = request.offline() ? unseen(source) : seen(source);
    FirstPom pom = new FirstPom(artifactId(folder), plugin, given, targets, pythons.get());
    write(file, pom.xml());
    outside
        .log()
        .note(
            file
                + ": "
                + branches
                + " for CPython "
                + String.join(", ", pom.pythons())
                + " on "
                + pom.slug());
    outside.log().note("  mvn wheel-mirror:plan   says what would be done");
    outside.log().note("  mvn deploy              builds, verifies and releases it");
    outside.log().note("  mvn wheel-mirror:serve  serves what was released on this machine");
  }

  private static void refuseAnother(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw MirrorException.input(
          "there is a pom.xml in " + file.getParent(),
          "it may be yours, so it is not overwritten",
          "go to an empty folder; or add the plugin to this POM, as README's example does");
    }
  }

  private static void refuseUnfit(String name, String value) {
    if (HTTP_LOGIN.matcher(value).find()) {
      String server =
          switch (name) {
            case "constraints", "index" ->
                ", name and password into a <server> of settings.xml, and give that server's id"
                    + " with -Dwheel-mirror."
                    + name
                    + "ServerId=ID";
            default -> "";
          };
      throw MirrorException.input(
          "-Dwheel-mirror." + name + "=" + UrlLogin.hidden(value) + " has a login in it",
          "whoever reads the POM or a log would have it",
          "leave it out of the URL" + server);
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw MirrorException.input(
          "-Dwheel-mirror." + name + " has a control character",
          "a POM cannot hold it",
          "leave it out");
    }
  }

  private String unseen(ConstraintsSource source) {
    outside
        .log()
        .warning(
            "Maven is offline: "
                + source.location()
                + " was not looked at, and may be wrong or lack branches");
    return source.location();
  }

  /** What there is to mirror, in words. */
  private String seen(ConstraintsSource source) {
    MirrorRequest.ConstraintsSettings settings = request.constraints();
    BranchSelection selection =
        BranchSelector.select(ResolveConstraints.refs(source), settings.branches());
    List<SelectedBranch> branches = selection.branches();
    if (branches.isEmpty()) {
      throw MirrorException.input(
          "no branch of " + source.location() + " would be mirrored",
          "<excludedBranches> or <retired> leave out all that <branches> selects",
          "leave fewer branches out");
    }
    source.fetch(branches.stream().map(SelectedBranch::toRef).toList());
    List<String> names = branches.stream().map(branch -> branch.branch().name()).toList();
    if (branches.stream().noneMatch(branch -> has(source, branch.commit(), settings.file()))) {
      throw ResolveConstraints.noFile(settings.file(), names, source.location());
    }
    return String.join(", ", names) + " of " + source.location();
  }

  /** A file that cannot be read is one; {@code resolve} tells what is wrong with it. */
  private static boolean has(ConstraintsSource source, String commit, String file) {
    try {
      return source.read(commit, file).isPresent();
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      return true;
    }
  }

  /** The folder's name, without what no artifact's id may have. */
  private static String artifactId(Path folder) {
    Path name = folder.getFileName();
    String id = name == null ? "" : name.toString().replaceAll("[^A-Za-z0-9_.-]+", "-");
    return id.matches(".*[A-Za-z0-9].*") ? id : "wheel-mirror";
  }

  private static void write(Path file, String xml) {
    try {
      AtomicFile.write(file, xml.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw MirrorException.machinery(
          file + " cannot be written", IoWords.of(e), "go to a folder that you may write to", e);
    }
  }
}
