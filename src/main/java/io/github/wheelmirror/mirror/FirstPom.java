package io.github.wheelmirror.mirror;

import io.github.wheelmirror.XmlText;
import io.github.wheelmirror.constraints.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A commented {@code pom.xml} for one mirror, with the packaging {@code wheel-mirror}.
 *
 * @param artifactId of the project
 * @param plugin the plugin that writes it
 * @param parameters value by parameter, as they were given
 * @param targets what is mirrored for; at least one
 * @param found tags of all Pythons of this host, such as {@code cp312}
 */
record FirstPom(
    String artifactId,
    WriteFirstPom.Plugin plugin,
    Map<String, String> parameters,
    List<Target> targets,
    List<String> found) {

  private static final String TEMPLATE = "first-pom.xml";
  private static final Pattern PLACE = Pattern.compile("@(\\w+)@");
  private static final Pattern PYTHON = Pattern.compile("cp(\\d)(\\d+t?)");
  private static final String INDENT = " ".repeat(10);

  FirstPom {
    parameters = new TreeMap<>(parameters);
    targets = List.copyOf(targets);
    found = List.copyOf(found);
  }

  /** The whole file; the same input gives the same text. */
  String xml() {
    Map<String, String> places = new TreeMap<>();
    places.put("artifactId", XmlText.content(artifactId));
    places.put("slug", slug()); // its form has nothing that a comment may not hold
    places.put("pluginGroupId", XmlText.content(plugin.groupId()));
    places.put("pluginArtifactId", XmlText.content(plugin.artifactId()));
    places.put("pluginVersion", XmlText.content(plugin.version()));
    places.put("parameters", elements());
    return PLACE
        .matcher(template())
        .replaceAll(
            place -> Matcher.quoteReplacement(Objects.requireNonNull(places.get(place.group(1)))));
  }

  /** The platform of the mirror, such as {@code debian-12-x86_64}. */
  String slug() {
    return targets.get(0).id().slug();
  }

  /** The Pythons that are mirrored for, such as {@code 3.11}. */
  List<String> pythons() {
    return targets.stream().map(target -> version(target.id().python())).distinct().toList();
  }

  private String elements() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("constraints", "");
    all.putAll(parameters);
    if (!parameters.containsKey("targetFiles")) {
      all.putIfAbsent("pythons", String.join(",", pythons()));
    }
    all.putIfAbsent("region", "${project.basedir}/mirror");
    StringBuilder xml = new StringBuilder();
    all.forEach(
        (name, value) ->
            xml.append(INDENT)
                .append('<' + name + '>' + XmlText.content(value) + "</" + name + '>')
                .append(name.equals("pythons") ? others() : "")
                .append('\n'));
    return xml.toString();
  }

  private String others() {
    List<String> others =
        found.stream()
            .map(FirstPom::version)
            .distinct()
            .filter(python -> !pythons().contains(python))
            .toList();
    return others.isEmpty() ? "" : " <!-- this host also has " + String.join(",", others) + " -->";
  }

  /** {@code cp312} as a person writes it. */
  private static String version(String tag) {
    Matcher matcher = PYTHON.matcher(tag);
    return matcher.matches() ? matcher.group(1) + "." + matcher.group(2) : tag;
  }

  private static String template() {
    try (InputStream in = Objects.requireNonNull(FirstPom.class.getResourceAsStream(TEMPLATE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
