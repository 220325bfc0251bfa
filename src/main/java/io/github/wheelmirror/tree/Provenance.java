package io.github.wheelmirror.tree;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.LockedWheel;
import io.github.wheelmirror.build.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says of each own wheel what it was made from: one in-toto Statement (v1) with a SLSA Provenance
 * (v1) predicate a line. It has no time stamp and no host: what made the wheel is what its build
 * key says, and two hosts that made the same bytes say the same.
 */
final class Provenance {
  private static final String STATEMENT = "https://in-toto.io/Statement/v1";
  private static final String PREDICATE = "https://slsa.dev/provenance/v1";
  private static final String BUILDER = "pkg:maven/io.github.wheelmirror/wheel-mirror-maven-plugin";

  private Provenance() {}

  /** The lines; empty if nothing was built. */
  static byte[] of(String slug, List<ManifestFile> files, LockedRequirements requirements) {
    StringBuilder lines = new StringBuilder();
    for (ManifestFile file : files) {
      if (file.origin() instanceof Origin.Built built) {
        lines.append(Json.line(statement(slug, file, built, requirements))).append('\n');
      }
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> statement(
      String slug, ManifestFile file, Origin.Built built, LockedRequirements requirements) {
    Map<String, Object> external = new LinkedHashMap<>();
    external.put("project", file.project().value());
    external.put("version", file.version().toString());
    external.put("buildTag", built.buildTag());
    external.put("channel", slug);
    Map<String, Object> internal = new LinkedHashMap<>();
    internal.put("buildKey", built.key());
    internal.put("networkIsolated", built.networkIsolated());
    List<Object> dependencies = new ArrayList<>();
    dependencies.add(
        descriptor(
            "pkg:pypi/" + file.project().value() + "@" + file.version() + "#sdist",
            "sha256",
            built.sdistSha256()));
    requirements.byDigest(built.requirements().lock()).stream()
        .map(BuildLock::wheels)
        .flatMap(List::stream)
        .map(Provenance::descriptor)
        .forEach(dependencies::add);
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("buildType", BUILDER + "#build");
    definition.put("externalParameters", external);
    definition.put("internalParameters", internal);
    definition.put("resolvedDependencies", dependencies);
    Map<String, Object> predicate = new LinkedHashMap<>();
    predicate.put("buildDefinition", definition);
    predicate.put("runDetails", Map.of("builder", Map.of("id", BUILDER)));
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("_type", STATEMENT);
    statement.put("subject", List.of(descriptor(file.filename(), "sha256", file.sha256())));
    statement.put("predicateType", PREDICATE);
    statement.put("predicate", predicate);
    return statement;
  }

  private static Map<String, Object> descriptor(LockedWheel wheel) {
    String[] hash = wheel.hash().split(":", 2);
    return descriptor(wheel.file().filename(), hash[0], hash[1]);
  }

  /** An in-toto ResourceDescriptor. */
  private static Map<String, Object> descriptor(String name, String algorithm, String digest) {
    Map<String, Object> descriptor = new LinkedHashMap<>();
    descriptor.put("name", name);
    descriptor.put("digest", Map.of(algorithm, digest));
    return descriptor;
  }
}
