package io.github.wheelmirror.mojo;

import java.io.File;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Tells which file pip or uv takes for a {@link #requirement}, and why each other one lost. Without
 * a requirement: what they take for every project of a branch, or of all branches, inside the gate
 * (from the mirror, under the branch's constraints) and outside (from upstream). Nothing is
 * installed, no installer runs.
 */
@Mojo(name = "explain", threadSafe = true, requiresProject = false)
public class ExplainMojo extends AbstractMirrorMojo {

  /** What is installed, such as {@code numpy} or {@code numpy>=2}. */
  @Parameter(property = "wheel-mirror.explain.requirement")
  @Nullable String requirement;

  /**
   * The branch whose constraints apply. Constraints that a run resolved before are taken as they
   * are; run {@code resolve} to look again.
   */
  @Parameter(property = "wheel-mirror.explain.branch")
  @Nullable String branch;

  /**
   * The installers, each with its version: {@code pip-26.3}, {@code uv-0.13.9}, {@code
   * uv-0.13.9-unsafe-best-match}; {@code pip} and {@code uv} alone are the newest whose rules are
   * known.
   */
  @Parameter(property = "wheel-mirror.explain.tools", defaultValue = "pip,uv", required = true)
  List<String> tools = List.of();

  /**
   * Where the installer looks, in the order in which it is told: {@code mirror} (what the regions
   * serve), {@code staged}, {@code upstream} (the index that the plan asks), {@code find-links:<URL
   * or folder>}, or the URL of an index. The first index is the {@code --index-url}, the others are
   * {@code --extra-index-url}. Without it: the mirror, with {@code upstreamWheels} {@code skip}
   * after upstream; what is staged, or upstream, where nothing is released.
   */
  @Parameter(property = "wheel-mirror.explain.places")
  List<String> places = List.of();

  /**
   * Options as they are typed: {@code --pre}, {@code --prefer-binary}, {@code --no-binary NAMES},
   * {@code --only-binary NAMES}, {@code --hash=sha256:DIGEST}.
   */
  @Parameter(property = "wheel-mirror.explain.options")
  @Nullable String options;

  /**
   * Only files uploaded before this time are taken: {@code --uploaded-prior-to} of pip 26.0 and
   * later, {@code --exclude-newer} of uv. A date like {@code 2026-03-01} or a time like {@code
   * 2026-03-01T12:00:00Z}; without an offset it is of this machine's time zone. By a date alone pip
   * means its beginning, uv its end.
   */
  @Parameter(property = "wheel-mirror.explain.uploadedPriorTo")
  @Nullable String uploadedPriorTo;

  /** Whether the branch's constraints apply outside the gate as well. */
  @Parameter(
      property = "wheel-mirror.explain.outsideConstrained",
      defaultValue = "false",
      required = true)
  boolean outsideConstrained;

  /** Whether each candidate has a line of its own; otherwise many with one reason share one. */
  @Parameter(property = "wheel-mirror.explain.everyFile", defaultValue = "false", required = true)
  boolean everyFile;

  /**
   * Where the JSON goes; {@code explanation.json} or {@code gate-and-outside.json} in the workspace
   * without it.
   */
  @Parameter(property = "wheel-mirror.explain.file")
  @Nullable File file;

  @Inject
  ExplainMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return Requests.orEmpty(requirement).isEmpty() || !Requests.orEmpty(branch).isEmpty();
  }

  @Override
  void checkOwnParameters() {
    new ExplainRequests(this).request();
  }

  @Override
  void run(Session session) {
    session.explain(new ExplainRequests(this).request());
  }
}
