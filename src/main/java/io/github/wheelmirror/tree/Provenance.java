package io.github.wheelmirror.tree;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.build.BuildLock;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.LockedWheel;
import io.github.wheelmirror.build.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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

  /** The lines; none if nothing was built. */
  static void write(
      OutputStream to, String slug, List<ManifestFile> files, LockedRequirements requirements)
      throws IOException {
    Json.lines(
        out -> {
          for (ManifestFile file : files) {
            if (file.origin() instanceof Origin.Built built) {
              statement(out, slug, file, built, requirements.byDigest(built.requirements().lock()));
            }
          }
        },
        to);
  }

  private static void statement(
      JsonGenerator out,
      String slug,
      ManifestFile file,
      Origin.Built built,
      Optional<BuildLock> lock)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("_type", STATEMENT);
    out.writeObjectFieldStart("predicate");
    out.writeObjectFieldStart("buildDefinition");
    out.writeStringField("buildType", BUILDER + "#build");
    external(out, slug, file, built);
    internal(out, built, lock);
    dependencies(out, file, built, lock);
    out.writeEndObject();
    out.writeObjectFieldStart("runDetails");
    out.writeObjectFieldStart("builder");
    out.writeStringField("id", BUILDER);
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
    out.writeStringField("predicateType", PREDICATE);
    out.writeArrayFieldStart("subject");
    out.writeStartObject();
    digest(out, "sha256", file.sha256());
    out.writeStringField("name", file.filename());
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void external(
      JsonGenerator out, String slug, ManifestFile file, Origin.Built built) throws IOException {
    out.writeObjectFieldStart("externalParameters");
    out.writeStringField("buildTag", built.buildTag());
    out.writeStringField("channel", slug);
    out.writeStringField("project", file.project().value());
    out.writeObjectFieldStart("source");
    digest(out, "sha256", built.sdistSha256());
    out.writeStringField("uri", PackageUrl.of(file.project(), file.version()));
    out.writeEndObject();
    out.writeStringField("version", file.version().toString());
    out.writeEndObject();
  }

  private static void internal(JsonGenerator out, Origin.Built built, Optional<BuildLock> lock)
      throws IOException {
    out.writeObjectFieldStart("internalParameters");
    out.writeStringField("buildKey", built.key());
    texts(out, "externalLibraries", built.externalLibraries());
    out.writeBooleanField("networkIsolated", built.networkIsolated());
    if (lock.isPresent()) {
      out.writeStringField("python", lock.get().target().python());
    }
    if (!built.pythons().isEmpty()) {
      texts(out, "pythons", built.pythons());
    }
    if (lock.isPresent()) {
      texts(out, "requirementConstraints", lock.get().constraints());
      texts(out, "requirements", lock.get().requirements());
      out.writeStringField("requirementsAsOf", lock.get().asOf());
    }
    if (!built.requirements().lock().isEmpty()) {
      out.writeStringField("requirementsLock", built.requirements().lock());
    }
    if (!built.requirements().unlocked().isEmpty()) {
      out.writeStringField("requirementsNotLocked", built.requirements().unlocked());
    }
    out.writeEndObject();
  }

  private static void dependencies(
      JsonGenerator out, ManifestFile file, Origin.Built built, Optional<BuildLock> lock)
      throws IOException {
    out.writeArrayFieldStart("resolvedDependencies");
    out.writeStartObject();
    digest(out, "sha256", built.sdistSha256());
    out.writeStringField("uri", PackageUrl.of(file.project(), file.version()));
    out.writeEndObject();
    if (lock.isPresent()) {
      for (LockedWheel wheel : lock.get().wheels()) {
        String[] hash = wheel.hash().split(":", 2);
        String filename = wheel.file().filename();
        out.writeStartObject();
        digest(out, hash[0], hash[1]);
        if (PackageUrl.isDownload(wheel.file().url())) {
          out.writeStringField("downloadLocation", wheel.file().url());
        }
        out.writeStringField("name", filename);
        out.writeStringField("uri", PackageUrl.of(wheel.project(), wheel.version(), filename));
        out.writeEndObject();
      }
    }
    out.writeEndArray();
  }

  private static void digest(JsonGenerator out, String algorithm, String digest)
      throws IOException {
    out.writeObjectFieldStart("digest");
    out.writeStringField(algorithm, digest);
    out.writeEndObject();
  }

  private static void texts(JsonGenerator out, String name, Collection<String> texts)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }
}
