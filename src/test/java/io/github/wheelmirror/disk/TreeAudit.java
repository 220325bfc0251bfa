package io.github.wheelmirror.disk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks at a published tree with nothing of the product, by the invariants of its design: each link
 * on a visible page leads to a whole, immutable file; a visible page is never edited; whatever is
 * reachable is there; numbers and times of pages only grow.
 *
 * <p>One object may look several times: what it saw once must not have been edited since.
 */
public final class TreeAudit {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LINK =
      Pattern.compile("<a href=\"([^\"#]+)#sha256=([0-9a-f]{64})\"[^>]*>([^<]+)</a>");

  private final Path root;
  private final Map<String, String> seen = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Map<Long, String>> pageTimes = new HashMap<>();

  /** The tree in that folder, which need not exist. */
  public TreeAudit(Path root) {
    this.root = root;
  }

  /** All that is wrong now, or was edited since the last look; empty for a sound tree. */
  public List<String> problems() throws IOException {
    problems.clear();
    pageTimes.clear();
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    List<Path> links = children(root).stream().filter(Files::isSymbolicLink).toList();
    for (Path link : links) {
      if (name(link).startsWith("@")) {
        snapshot(link, "@" + target(link));
      }
    }
    for (Path channel : children(root.resolve("channels"))) {
      Path current = channel.resolve("current");
      if (Files.isSymbolicLink(current)) {
        snapshot(current, name(channel));
        Path moving = root.resolve(name(channel));
        if (!Files.isDirectory(moving) || !Files.isSameFile(moving, current)) {
          problems.add("the moving URL " + name(channel) + " does not lead to what is current");
        }
        if (!Files.isDirectory(root.resolve("@" + target(current)))) {
          problems.add("what is current of " + name(channel) + " has no pinned URL");
        }
      }
      Path previous = channel.resolve("previous");
      if (Files.isSymbolicLink(previous)) {
        snapshot(previous, "previous of " + name(channel));
      }
    }
    edited();
    journal();
    return List.copyOf(problems);
  }

  /** The id that the channel serves; {@code ""} if it serves nothing. */
  public String current(String slug) throws IOException {
    Path link = root.resolve("channels").resolve(slug).resolve("current");
    return Files.isSymbolicLink(link) ? target(link) : "";
  }

  /** The id that the channel served before; {@code ""} for none. */
  public String previous(String slug) throws IOException {
    Path link = root.resolve("channels").resolve(slug).resolve("previous");
    return Files.isSymbolicLink(link) ? target(link) : "";
  }

  /** The id that the journal says was released last, and was not given up; {@code ""} for none. */
  public String lastRelease(String slug) throws IOException {
    String last = "";
    String before = "";
    for (JsonNode entry : entries()) {
      if (entry.path("slug").asText().equals(slug)) {
        String operation = entry.path("operation").asText();
        if (operation.equals("flip")) {
          before = last;
          last = entry.path("to").asText();
        } else if (operation.equals("void")) {
          last = before;
        }
      }
    }
    return last;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static String target(Path link) throws IOException {
    return name(Files.readSymbolicLink(link));
  }

  private static List<Path> children(Path folder) throws IOException {
    List<Path> children = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        entries.forEach(children::add);
      }
    }
    children.sort(null);
    return children;
  }

  private void snapshot(Path link, String mount) throws IOException {
    if (!Files.isDirectory(link)) {
      problems.add(mount + " leads nowhere");
      return;
    }
    Path folder = link.toRealPath();
    byte[] bytes = read(folder.resolve("manifest.json"));
    if (!sha256(bytes).equals(target(link))) {
      problems.add(mount + " has a manifest of another snapshot");
      return;
    }
    JsonNode manifest = JSON.readTree(bytes);
    for (JsonNode value : manifest) {
      for (JsonNode one : value.isArray() ? value : JSON.createArrayNode().add(value)) {
        if (one.has("path") && one.has("sha256")) {
          document(folder, one, mount);
        }
      }
    }
    Map<String, JsonNode> files = new TreeMap<>();
    manifest.path("files").forEach(one -> files.put(one.path("filename").asText(), one));
    TreeSet<String> linked = new TreeSet<>();
    TreeSet<String> projects = new TreeSet<>();
    for (JsonNode page : manifest.path("pages")) {
      projects.add(page.path("project").asText());
      page(folder, page, files, linked, mount);
    }
    if (!linked.equals(files.keySet()) || files.isEmpty()) {
      problems.add(mount + " links " + linked + " and its manifest lists " + files.keySet());
    }
    try (Stream<Path> all = Files.list(folder.resolve("simple"))) {
      TreeSet<String> shown = new TreeSet<>();
      all.filter(Files::isDirectory).forEach(one -> shown.add(name(one)));
      if (!shown.equals(projects)) {
        problems.add(mount + " shows " + shown + " instead of " + projects);
      }
    }
  }

  private void document(Path folder, JsonNode document, String mount) {
    whole(
        folder.resolve(document.path("path").asText()),
        document.path("sha256").asText(),
        document.path("size").asLong(),
        mount);
  }

  private void page(
      Path folder, JsonNode page, Map<String, JsonNode> files, TreeSet<String> linked, String mount)
      throws IOException {
    String project = page.path("project").asText();
    Path at = folder.resolve("simple").resolve(project);
    if (!Files.isDirectory(at)) {
      problems.add(mount + " has no page of " + project);
      return;
    }
    Path html = at.toRealPath().resolve("index.html");
    Path json = at.toRealPath().resolve("index.v1_json");
    whole(html, page.path("htmlSha256").asText(), page.path("htmlSize").asLong(), mount);
    whole(json, page.path("jsonSha256").asText(), page.path("jsonSize").asLong(), mount);
    if (Files.isRegularFile(html)) {
      String other =
          pageTimes
              .computeIfAbsent(project, key -> new TreeMap<>())
              .putIfAbsent(
                  Files.getLastModifiedTime(html).toMillis() / 1000, at.toRealPath().toString());
      if (other != null && !other.equals(at.toRealPath().toString())) {
        problems.add("two pages of " + project + " have one time: " + at + " and " + other);
      }
    }
    TreeSet<String> inHtml = new TreeSet<>();
    Matcher link = LINK.matcher(new String(read(html), StandardCharsets.UTF_8));
    while (link.find()) {
      inHtml.add(link.group(3));
      wheel(link.group(1), link.group(2), files.get(link.group(3)), mount + "/" + project);
    }
    TreeSet<String> inJson = new TreeSet<>();
    for (JsonNode file : JSON.readTree(read(json)).path("files")) {
      inJson.add(file.path("filename").asText());
      wheel(
          file.path("url").asText(),
          file.path("hashes").path("sha256").asText(),
          files.get(file.path("filename").asText()),
          mount + "/" + project);
    }
    if (!inHtml.equals(inJson)) {
      problems.add(mount + ": HTML and JSON of " + project + " differ");
    }
    linked.addAll(inHtml);
  }

  /** A link is followed as a browser does, from {@code /<mount>/simple/<project>/}. */
  private void wheel(String url, String sha256, JsonNode listed, String page) {
    if (listed == null || !listed.path("sha256").asText().equals(sha256)) {
      problems.add(page + " links what the manifest does not list: " + url);
      return;
    }
    Path file =
        root.resolve("mount/simple/project")
            .resolve(url.replace("%2B", "+").replace("%21", "!"))
            .normalize();
    whole(file, sha256, listed.path("size").asLong(), page);
    whole(
        file.resolveSibling(name(file) + ".metadata"),
        listed.path("metadataSha256").asText(),
        listed.path("metadataSize").asLong(),
        page);
  }

  private void whole(Path file, String sha256, long size, String where) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        problems.add(where + " needs " + root.relativize(file) + ", which is missing");
        return;
      }
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length != size || !sha256(bytes).equals(sha256)) {
        problems.add(where + ": " + root.relativize(file) + " has another content");
      }
      String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      if (!permissions.equals("r--r--r--")) {
        problems.add(where + ": " + root.relativize(file) + " is " + permissions);
      }
      String facts = sha256(bytes) + " " + Files.getLastModifiedTime(file);
      String before = seen.put(root.relativize(file).toString(), facts);
      if (before != null && !before.equals(facts)) {
        problems.add(root.relativize(file) + " was edited: " + before + " then " + facts);
      }
    } catch (IOException e) {
      problems.add(where + ": " + e);
    }
  }

  private byte[] read(Path file) throws IOException {
    return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
  }

  /** What no page shows any more may be gone, but not be another thing. */
  private void edited() throws IOException {
    for (Map.Entry<String, String> entry : seen.entrySet()) {
      Path file = root.resolve(entry.getKey());
      if (Files.isRegularFile(file)
          && !entry.getValue().startsWith(sha256(Files.readAllBytes(file)))) {
        problems.add(entry.getKey() + " was edited");
      }
    }
  }

  private void journal() throws IOException {
    long time = 0;
    Map<String, Long> serials = new HashMap<>();
    for (JsonNode entry : entries()) {
      String operation = entry.path("operation").asText();
      if (operation.equals("pages")) {
        if (entry.path("pageTime").asLong() <= time) {
          problems.add("the time of pages did not grow: " + entry);
        }
        time = entry.path("pageTime").asLong();
      } else if (operation.equals("flip")) {
        long before = serials.getOrDefault(entry.path("slug").asText(), 0L);
        if (entry.path("serial").asLong() <= before) {
          problems.add("the serial did not grow: " + entry);
        }
        serials.put(entry.path("slug").asText(), entry.path("serial").asLong());
      }
    }
  }

  private List<JsonNode> entries() throws IOException {
    String text = new String(read(root.resolve("state/journal.jsonl")), StandardCharsets.UTF_8);
    List<JsonNode> entries = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      entries.add(JSON.readTree(line));
    }
    return entries;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has SHA-256", e);
    }
  }
}
