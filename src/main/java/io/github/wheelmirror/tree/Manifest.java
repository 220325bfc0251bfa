package io.github.wheelmirror.tree;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.BaseRelease;
import io.github.wheelmirror.build.RetiredWheel;
import io.github.wheelmirror.build.Served;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every byte of a snapshot: {@code manifest.json}. Its digest is the snapshot's id, so it holds no
 * clock, no path of a machine and nothing that differs between regions or between two runs that
 * found the same.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param slug the channel
 * @param pythons such as {@code cp39} and {@code cp312}, in that order
 * @param branches by name
 * @param files by project, version and file name
 * @param pages one per project, by name
 * @param root the two forms of the list of projects
 * @param constraints one per branch that has pins, by path
 * @param coverage what happened to each pin
 * @param buildRequirements what own wheels were built with
 * @param served which wheel serves which pin, by branch and pin
 * @param environments what markers can ask about each Python, in their order; empty in a manifest
 *     of before there were such, which keeps its id
 * @param more lock files of branches, the bill of materials and the provenance of own wheels, by
 *     path; empty in manifests of the first time
 * @param retired what the channel listed once and does not any more, by name
 */
public record Manifest(
    int schemaVersion,
    String slug,
    List<String> pythons,
    List<ManifestBranch> branches,
    List<ManifestFile> files,
    List<ManifestPage> pages,
    List<ManifestDocument> root,
    List<ManifestDocument> constraints,
    ManifestDocument coverage,
    ManifestDocument buildRequirements,
    List<ManifestServed> served,
    @JacksonInject(value = Json.NO_THIRD_LIST, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<ManifestEnvironment> environments,
    @JacksonInject(value = Json.NO_LIST, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<ManifestDocument> more,
    @JacksonInject(value = Json.NO_SECOND_LIST, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<RetiredWheel> retired) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 2;

  /** {@code cp39} before {@code cp310}. */
  static final Comparator<String> PYTHON_ORDER =
      Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder());

  public Manifest {
    Require.schema(schemaVersion, SCHEMA_VERSION, "a manifest");
    TreeLayout.slug(slug);
    pythons = pythons.stream().sorted(PYTHON_ORDER).toList();
    branches = branches.stream().sorted().toList();
    files = files.stream().sorted().toList();
    pages = pages.stream().sorted().toList();
    root = root.stream().sorted().toList();
    constraints = constraints.stream().sorted().toList();
    Objects.requireNonNull(coverage);
    Objects.requireNonNull(buildRequirements);
    served = served.stream().sorted().toList();
    environments = environments.stream().sorted().toList();
    if (!environments.isEmpty()
        && !environments.stream().map(ManifestEnvironment::python).toList().equals(pythons)) {
      throw new IllegalArgumentException("a manifest's environments are not of its Pythons");
    }
    more = more.stream().sorted().toList();
    retired = retired.stream().sorted().toList();
    Set<String> names = new HashSet<>();
    for (ManifestFile file : files) {
      if (!names.add(file.filename())) {
        throw new IllegalArgumentException("a manifest lists " + file.filename() + " twice");
      }
    }
    for (ManifestServed each : served) {
      if (!names.contains(each.filename())) {
        throw new IllegalArgumentException(
            "a manifest serves " + each.pin() + " by " + each.filename() + ", which it lacks");
      }
    }
  }

  /** One without documents beyond those, of a channel that never listed more. */
  public Manifest(
      int schemaVersion,
      String slug,
      List<String> pythons,
      List<ManifestBranch> branches,
      List<ManifestFile> files,
      List<ManifestPage> pages,
      List<ManifestDocument> root,
      List<ManifestDocument> constraints,
      ManifestDocument coverage,
      ManifestDocument buildRequirements,
      List<ManifestServed> served) {
    this(
        schemaVersion,
        slug,
        pythons,
        branches,
        files,
        pages,
        root,
        constraints,
        coverage,
        buildRequirements,
        served,
        List.of(),
        List.of(),
        List.of());
  }

  /** What a channel has before its first release: nothing. */
  public static Manifest empty(String slug) {
    return new Manifest(
        SCHEMA_VERSION,
        slug,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        ManifestDocument.of(TreeLayout.coverage(), new byte[0]),
        ManifestDocument.of(TreeLayout.buildRequirements(), new byte[0]),
        List.of());
  }

  /**
   * Reads {@code manifest.json}.
   *
   * @param where the file or URL, for the message
   * @throws io.github.wheelmirror.MirrorException (input) if it is damaged or of another version
   */
  public static Manifest read(byte[] json, String where) {
    return Json.read(json, Manifest.class, where);
  }

  /** The same with these documents of {@link #more}. */
  Manifest with(List<ManifestDocument> documents) {
    return new Manifest(
        schemaVersion,
        slug,
        pythons,
        branches,
        files,
        pages,
        root,
        constraints,
        coverage,
        buildRequirements,
        served,
        environments,
        documents,
        retired);
  }

  /**
   * What it lists without some of its files, to be compared with or built on; not to be published,
   * as its pages and documents are those of the whole one.
   */
  Manifest without(Set<String> names) {
    return names.isEmpty()
        ? this
        : new Manifest(
            schemaVersion,
            slug,
            pythons,
            branches,
            files.stream().filter(file -> !names.contains(file.filename())).toList(),
            pages,
            root,
            constraints,
            coverage,
            buildRequirements,
            served.stream().filter(each -> !names.contains(each.filename())).toList(),
            environments,
            more,
            Stream.concat(
                    retired.stream(),
                    files.stream()
                        .filter(file -> names.contains(file.filename()))
                        .map(file -> new RetiredWheel(file.filename(), file.sha256())))
                .toList());
  }

  /** The files in the snapshot's own folder besides the manifest itself. */
  public List<ManifestDocument> documents() {
    return Stream.of(root, constraints, List.of(coverage, buildRequirements), more)
        .flatMap(List::stream)
        .toList();
  }

  /** The bytes of {@code manifest.json}. */
  public byte[] bytes() {
    return Json.write(this);
  }

  /** The id of the snapshot: the digest of {@link #bytes}. */
  public String id() {
    return Sha256.of(bytes());
  }

  /**
   * What the planner needs to know about the release of this manifest.
   *
   * @param id of its snapshot
   */
  public BaseRelease toBase(String id, long serial) {
    return new BaseRelease(
        slug,
        id,
        serial,
        files.stream().map(ManifestFile::toWheelFile).toList(),
        served.stream()
            .flatMap(
                each ->
                    each.pythons().stream()
                        .map(
                            python ->
                                new Served(each.branch(), python, each.pin(), each.filename())))
            .toList(),
        retired);
  }
}
