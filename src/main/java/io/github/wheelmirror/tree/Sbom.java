package io.github.wheelmirror.tree;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.Origin;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The bill of materials of a snapshot in CycloneDX 1.6 (JSON): each wheel that it lists as a
 * library, with its package URL and digest, and whether it was built here or copied. It has no time
 * stamp: the same wheels make the same bytes, the serial number too.
 */
final class Sbom {
  private static final String PREFIX = "wheel-mirror:";
  private static final int UUID_DIGITS = 32;

  private Sbom() {}

  static byte[] of(String slug, List<ManifestFile> files) {
    List<Object> components = new ArrayList<>();
    for (ManifestFile file : files) {
      components.add(component(file));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("bomFormat", "CycloneDX");
    document.put("specVersion", "1.6");
    document.put(
        "serialNumber",
        "urn:uuid:"
            + uuid(Sha256.of((slug + Json.line(components)).getBytes(StandardCharsets.UTF_8))));
    document.put("version", 1);
    document.put(
        "metadata",
        Map.of(
            "component",
            ordered("type", "platform", "bom-ref", slug, "name", slug),
            "tools",
            Map.of("components", List.of(ordered("type", "application", "name", "wheel-mirror")))));
    document.put("components", components);
    return Json.write(document);
  }

  private static Map<String, Object> component(ManifestFile file) {
    Map<String, Object> component = new LinkedHashMap<>();
    String purl =
        "pkg:pypi/%s@%s?file_name=%s"
            .formatted(
                file.project().value(),
                encoded(file.version().toString()),
                encoded(file.filename()));
    component.put("type", "library");
    component.put("bom-ref", purl);
    component.put("name", file.project().value());
    component.put("version", file.version().toString());
    component.put("hashes", List.of(ordered("alg", "SHA-256", "content", file.sha256())));
    component.put("purl", purl);
    List<Object> properties = new ArrayList<>();
    if (file.origin() instanceof Origin.Built built) {
      properties.add(property("origin", "built"));
      properties.add(property("sdist-sha256", built.sdistSha256()));
    } else if (file.origin() instanceof Origin.Mirrored mirrored) {
      properties.add(property("origin", "mirrored"));
      properties.add(property("url", mirrored.url()));
    }
    if (file.superseded()) {
      properties.add(property("superseded", "true"));
    }
    component.put("properties", properties);
    return component;
  }

  private static Map<String, Object> property(String name, String value) {
    return ordered("name", PREFIX + name, "value", value);
  }

  private static Map<String, Object> ordered(String... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** As package URLs want it. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** RFC 9562, version 8: a UUID of one's own making. */
  private static UUID uuid(String digest) {
    String digits = digest.substring(0, UUID_DIGITS);
    long high = Long.parseUnsignedLong(digits.substring(0, 16), 16);
    long low = Long.parseUnsignedLong(digits.substring(16), 16);
    return new UUID((high & ~0xf000L) | 0x8000L, (low & ~(0xcL << 60)) | (0x8L << 60));
  }
}
