package io.github.wheelmirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real Chromium without a screen, by its DevTools protocol; ended by {@link #close}. */
final class Browser implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LISTENING = "DevTools listening on ";
  private static final long SECONDS = 60;

  /** What pages printed to the console, threw, asked of other hosts, or were refused. */
  final List<String> complaints = new ArrayList<>();

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final String session;
  private int last;
  private boolean loaded;

  private Browser(Process process, String address) throws Exception {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Receiver())
            .get(SECONDS, TimeUnit.SECONDS);
    String target =
        call("", "Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
    this.session =
        call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Collects messages, which may come in parts. */
  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean end) {
      text.append(data);
      if (end) {
        try {
          received.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** Starts one with a profile of its own in the folder. */
  static Browser start(Path program, Path profile) throws Exception {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
      String line;
      do {
        line = errors.readLine();
        assertThat(line).as("Chromium ended").isNotNull();
      } while (!line.startsWith(LISTENING));
      Thread drain =
          new Thread(
              () -> {
                try {
                  errors.transferTo(java.io.Writer.nullWriter());
                } catch (IOException ended) {
                  return;
                }
              },
              "chromium-errors");
      drain.setDaemon(true);
      drain.start();
      return new Browser(process, line.substring(LISTENING.length()).strip());
    } catch (Throwable e) {
      end(process);
      throw e;
    }
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    return call(session, method, parameters);
  }

  private JsonNode call(String to, String method, Map<String, ?> parameters) throws Exception {
    int id = ++last;
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!to.isEmpty()) {
      message.put("sessionId", to);
    }
    socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    while (true) {
      JsonNode answer = next();
      if (answer.path("id").asInt(-1) == id) {
        assertThat(answer.path("error").toString()).as(method).isEmpty();
        return answer.path("result");
      }
    }
  }

  /** The next message; events are noted on the way. */
  private JsonNode next() throws Exception {
    JsonNode message = received.poll(SECONDS, TimeUnit.SECONDS);
    assertThat(message).as("an answer of Chromium").isNotNull();
    JsonNode facts = message.path("params");
    switch (message.path("method").asText()) {
      case "Page.loadEventFired" -> loaded = true;
      case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
          complaints.add(facts.toString());
      case "Network.requestWillBeSent" -> {
        String url = facts.path("request").path("url").asText();
        if (!url.startsWith("file:")) {
          complaints.add("asked for " + url);
        }
      }
      case "Network.loadingFailed" -> complaints.add(facts.toString());
      default -> {
        // nothing that a test is about
      }
    }
    return message;
  }

  /** Opens a page and waits until it is loaded. */
  void open(String url) throws Exception {
    loaded = false;
    call("Page.navigate", Map.of("url", url));
    while (!loaded) {
      next();
    }
  }

  /** As {@link #open}, of a file of this machine at a place such as {@code #a}. */
  void open(Path file, String place) throws Exception {
    open("about:blank");
    open(file.toUri() + place);
  }

  /** Widths in CSS pixels; {@code dark} or {@code light}. */
  void screen(int width, int height, String scheme) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Whether pages may run scripts. */
  void scripts(boolean allowed) throws Exception {
    call("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
  }

  /** What an expression is, or what it promises. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    assertThat(answer.path("exceptionDetails").toString()).as(expression).isEmpty();
    return answer.path("result").path("value");
  }

  String text(String expression) throws Exception {
    return evaluate(expression).asText();
  }

  /** Types a text where the focus is. */
  void type(String text) throws Exception {
    call("Input.insertText", Map.of("text", text));
  }

  /** Presses a key such as {@code Enter}. */
  void press(String key, int code) throws Exception {
    for (String type : List.of("rawKeyDown", "char", "keyUp")) {
      if (!type.equals("char") || key.equals("Enter")) {
        call(
            "Input.dispatchKeyEvent",
            Map.of(
                "type",
                type,
                "key",
                key,
                "code",
                key,
                "windowsVirtualKeyCode",
                code,
                "text",
                type.equals("char") ? "\r" : ""));
      }
    }
  }

  /** What is seen, as PNG. */
  byte[] picture() throws Exception {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText());
  }

  @Override
  public void close() throws InterruptedException {
    socket.abort();
    end(process);
  }

  private static void end(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
  }
}
