package io.github.wheelmirror.tree;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;

/**
 * The bill of materials of a snapshot in CycloneDX 1.6 (JSON): each wheel that it lists as a
 * library, with its package URL, digest and licence. An own build descends from the sdist that it
 * was made of; a mirrored wheel names where it was copied from. It has no time stamp: the same
 * wheels make the same bytes, the serial number too.
 */
final class Sbom {
  private static final String PREFIX = "wheel-mirror:";

  private Sbom() {}

  static void write(OutputStream to, String slug, List<ManifestFile> files) throws IOException {
    String serial = serial(files);
    Json.write(out -> document(out, slug, files, serial), to);
  }

  private static void document(
      JsonGenerator out, String slug, List<ManifestFile> files, String serial) throws IOException {
    out.writeStartObject();
    out.writeStringField("bomFormat", "CycloneDX");
    out.writeArrayFieldStart("components");
    for (ManifestFile file : files) {
      component(out, file);
    }
    out.writeEndArray();
    out.writeObjectFieldStart("metadata");
    out.writeObjectFieldStart("component");
    out.writeStringField("bom-ref", slug);
    out.writeStringField("name", slug);
    out.writeStringField("type", "platform");
    out.writeEndObject();
    out.writeObjectFieldStart("tools");
    out.writeArrayFieldStart("components");
    out.writeStartObject();
    out.writeStringField("name", "wheel-mirror");
    out.writeStringField("type", "application");
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndObject();
    out.writeStringField("serialNumber", serial);
    out.writeStringField("specVersion", "1.6");
    out.writeNumberField("version", 1);
    out.writeEndObject();
  }

  private static void component(JsonGenerator out, ManifestFile file) throws IOException {
    String purl = PackageUrl.of(file.project(), file.version(), file.filename());
    out.writeStartObject();
    out.writeStringField("bom-ref", purl);
    if (file.origin() instanceof Origin.Mirrored mirrored
        && PackageUrl.isDownload(mirrored.url())) {
      out.writeArrayFieldStart("externalReferences");
      out.writeStartObject();
      hashes(out, file.sha256());
      out.writeStringField("type", "distribution");
      out.writeStringField("url", mirrored.url());
      out.writeEndObject();
      out.writeEndArray();
    }
    hashes(out, file.sha256());
    licenses(out, file);
    out.writeStringField("name", file.project().value());
    if (file.origin() instanceof Origin.Built built) {
      pedigree(out, file, built);
    }
    properties(out, file);
    out.writeStringField("purl", purl);
    out.writeStringField("type", "library");
    out.writeStringField("version", file.version().toString());
    out.writeEndObject();
  }

  private static void licenses(JsonGenerator out, ManifestFile file) throws IOException {
    if (file.licenseExpression().isEmpty() && file.license().isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("licenses");
    out.writeStartObject();
    if (file.licenseExpression().isEmpty()) {
      out.writeObjectFieldStart("license");
      out.writeStringField("name", file.license());
      out.writeEndObject();
    } else {
      out.writeStringField("expression", file.licenseExpression());
    }
    out.writeEndObject();
    out.writeEndArray();
  }

  private static void pedigree(JsonGenerator out, ManifestFile file, Origin.Built built)
      throws IOException {
    out.writeObjectFieldStart("pedigree");
    out.writeArrayFieldStart("ancestors");
    out.writeStartObject();
    hashes(out, built.sdistSha256());
    out.writeStringField("name", file.project().value());
    out.writeStringField("purl", PackageUrl.of(file.project(), file.version()));
    out.writeStringField("type", "library");
    out.writeStringField("version", file.version().toString());
    out.writeEndObject();
    out.writeEndArray();
    out.writeStringField("notes", "built from this source distribution");
    out.writeEndObject();
  }

  private static void properties(JsonGenerator out, ManifestFile file) throws IOException {
    out.writeArrayFieldStart("properties");
    if (file.origin() instanceof Origin.Built built) {
      property(out, "origin", "built");
      property(out, "build-key", built.key());
    } else {
      property(out, "origin", "mirrored");
    }
    if (file.superseded()) {
      property(out, "superseded", "true");
    }
    out.writeEndArray();
  }

  private static void property(JsonGenerator out, String name, String value) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", PREFIX + name);
    out.writeStringField("value", value);
    out.writeEndObject();
  }

  private static void hashes(JsonGenerator out, String sha256) throws IOException {
    out.writeArrayFieldStart("hashes");
    out.writeStartObject();
    out.writeStringField("alg", "SHA-256");
    out.writeStringField("content", sha256);
    out.writeEndObject();
    out.writeEndArray();
  }

  /** Of all that the document says: a UUID of one's own making (RFC 9562, version 8). */
  private static String serial(List<ManifestFile> files) {
    MessageDigest digest = Sha256.digest();
    for (ManifestFile file : files) {
      digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
    }
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
    long high = bytes.getLong();
    long low = bytes.getLong();
    return "urn:uuid:"
        + new UUID((high & ~0xf000L) | 0x8000L, (low & ~(0xcL << 60)) | (0x8L << 60));
  }
}
