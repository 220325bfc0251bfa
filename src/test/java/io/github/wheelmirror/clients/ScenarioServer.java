package io.github.wheelmirror.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.clients.SelectionScenario.Location;
import io.github.wheelmirror.clients.SelectionScenario.Offer;
import io.github.wheelmirror.selection.Place.Answer;
import io.github.wheelmirror.selection.Place.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The indexes and pages of all scenarios on loopback: {@code /<scenario>/<location>/<project>/},
 * {@code /<scenario>/<location>/} for a find-links page, {@code /<scenario>/<location>/files/…}.
 */
final class ScenarioServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, SelectionScenario> scenarios = new ConcurrentHashMap<>();

  ScenarioServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  void add(SelectionScenario scenario) {
    scenarios.put(scenario.id(), scenario);
  }

  /** What a tool is told of a location that is not a directory. */
  String url(SelectionScenario scenario, Location location) {
    String port = "http://127.0.0.1:" + server.getAddress().getPort();
    return port + "/" + scenario.id() + "/" + location.name() + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path = exchange.getRequestURI().getRawPath().split("/", -1);
      Optional<SelectionScenario> scenario =
          Optional.ofNullable(scenarios.get(path.length > 2 ? path[1] : ""));
      Optional<Location> location =
          scenario.flatMap(
              s -> s.locations().stream().filter(l -> l.name().equals(path[2])).findFirst());
      if (location.isEmpty()) {
        send(exchange, 404, "text/plain", "no such scenario".getBytes(StandardCharsets.UTF_8));
      } else if (path[3].equals("files")) {
        file(
            exchange,
            scenario.orElseThrow(),
            location.get(),
            path.length > 5 ? path[4] : "",
            path[path.length - 1]);
      } else {
        page(exchange, scenario.orElseThrow(), location.get(), path[3]);
      }
    }
  }

  private static void file(
      HttpExchange exchange,
      SelectionScenario scenario,
      Location location,
      String copy,
      String rawName)
      throws IOException {
    String name = URLDecoder.decode(rawName.replace("+", "%2B"), StandardCharsets.UTF_8);
    for (Offer offer : location.files()) {
      if (offer.filename().equals(name) && offer.copy().equals(copy)) {
        send(exchange, 200, "application/octet-stream", scenario.content(location, offer));
        return;
      }
    }
    send(exchange, 404, "text/plain", name.getBytes(StandardCharsets.UTF_8));
  }

  private static void page(
      HttpExchange exchange, SelectionScenario scenario, Location location, String project)
      throws IOException {
    boolean flat = location.role() == Role.FIND_LINKS_PAGE;
    boolean known = flat ? project.isEmpty() : project.equals(scenario.project().value());
    if (!known || location.answer() == Answer.NOT_FOUND) {
      send(exchange, 404, "text/html", "<p>not found</p>".getBytes(StandardCharsets.UTF_8));
    } else if (location.status() != 200) {
      send(exchange, location.status(), "text/html", new byte[] {'-'});
    } else if (location.answer() == Answer.UNUSABLE) {
      send(exchange, 200, "text/plain", html(scenario, location).getBytes(StandardCharsets.UTF_8));
    } else if (location.answer() == Answer.MALFORMED) {
      String json = "{\"meta\": {\"api-version\": \"1.0\"}, \"files\": [";
      send(exchange, 200, JSON, json.getBytes(StandardCharsets.UTF_8));
    } else if (location.json()) {
      send(exchange, 200, JSON, json(scenario, location));
    } else {
      send(
          exchange,
          200,
          "text/html; charset=utf-8",
          html(scenario, location).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final String JSON = "application/vnd.pypi.simple.v1+json";

  private static byte[] json(SelectionScenario scenario, Location location) {
    List<Map<String, Object>> files = new ArrayList<>();
    for (Offer offer : location.files()) {
      Map<String, Object> file = new LinkedHashMap<>();
      file.put("filename", offer.filename());
      file.put("url", href(scenario, location, offer));
      file.put(
          "hashes", offer.hashed() ? Map.of("sha256", scenario.sha256(location, offer)) : Map.of());
      if (!offer.requiresPython().isEmpty()) {
        file.put("requires-python", offer.requiresPython());
      }
      if (!offer.uploaded().isEmpty()) {
        file.put("upload-time", offer.uploaded());
      }
      file.put("yanked", offer.yanked() ? "broken" : Boolean.FALSE);
      files.add(file);
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("meta", Map.of("api-version", "1.1"));
    page.put("name", scenario.project().value());
    page.put("versions", List.of());
    page.put("files", files);
    return Json.write(page);
  }

  /** A page that lists nothing is one for a person, as behind a login. */
  static String html(SelectionScenario scenario, Location location) {
    if (location.files().isEmpty()) {
      return "<html><body><form action=\"/login\"><input name=\"user\"></form></body></html>";
    }
    StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html><body>\n");
    for (Offer offer : location.files()) {
      html.append("<a href=\"").append(href(scenario, location, offer));
      if (offer.hashed()) {
        html.append("#sha256=").append(scenario.sha256(location, offer));
      }
      html.append('"');
      if (!offer.requiresPython().isEmpty()) {
        html.append(" data-requires-python=\"")
            .append(
                offer
                    .requiresPython()
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;"))
            .append('"');
      }
      if (offer.yanked()) {
        html.append(" data-yanked=\"broken\"");
      }
      html.append('>').append(offer.filename()).append("</a><br>\n");
    }
    return html.append("</body></html>\n").toString();
  }

  private static String href(SelectionScenario scenario, Location location, Offer offer) {
    String name = URLEncoder.encode(offer.filename(), StandardCharsets.UTF_8);
    if (location.isDirectory()) {
      return "files/" + name;
    }
    String copy = offer.copy().isEmpty() ? "" : offer.copy() + "/";
    return "/" + scenario.id() + "/" + location.name() + "/files/" + copy + name;
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
    }
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
