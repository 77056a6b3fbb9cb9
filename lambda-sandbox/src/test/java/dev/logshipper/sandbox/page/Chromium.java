package dev.logshipper.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A headless Chromium with one page, controlled by the DevTools protocol.
final class Chromium implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private int lastId;

  private Chromium(Process process, URI page) {
    this.process = process;
    this.socket = client.newWebSocketBuilder().buildAsync(page, new Receiver()).join();
  }

  /// The program: that of the variable `CHROMIUM_BIN`, or one on the path.
  static Optional<Path> program() {
    String given = System.getenv().getOrDefault("CHROMIUM_BIN", "");
    Stream<Path> onPath =
        Stream.of(System.getenv("PATH").split(":"))
            .flatMap(folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)));
    Stream<Path> all = given.isEmpty() ? onPath : Stream.of(Path.of(given));
    return all.filter(Files::isExecutable).findFirst();
  }

  static Chromium start(Path program, Path profile) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    program.toString(),
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--hide-scrollbars",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + profile,
                    "about:blank"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader errors = process.errorReader();
    String line = errors.readLine();
    while (line != null && !line.startsWith(LISTENING)) {
      line = errors.readLine();
    }
    if (line == null) {
      throw new IOException("the browser ended before it listened");
    }
    Thread.ofVirtual().start(() -> errors.lines().forEach(ignored -> {}));
    return new Chromium(process, page(URI.create(line.substring(LISTENING.length()))));
  }

  private static URI page(URI browser) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI list = URI.create("http://127.0.0.1:" + browser.getPort() + "/json/list");
      String targets =
          client.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body();
      for (JsonNode target : JSON.readTree(targets)) {
        if (target.path("type").asText().equals("page")) {
          return URI.create(target.path("webSocketDebuggerUrl").asText());
        }
      }
    }
    throw new IOException("the browser has no page");
  }

  /// Opens a file and waits until it is drawn.
  void open(Path file, int width, int height, boolean dark) throws Exception {
    call("Page.enable", JSON.createObjectNode());
    call(
        "Emulation.setDeviceMetricsOverride",
        JSON.createObjectNode()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    ObjectNode media = JSON.createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", media);
    call("Page.navigate", JSON.createObjectNode().put("url", file.toUri().toString()));
    awaitEvent("Page.loadEventFired");
  }

  /// The value of an expression, as text; fails with the error that it throws.
  String evaluate(String expression) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            JSON.createObjectNode().put("expression", expression).put("returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(result.path("exceptionDetails").toString());
    }
    return result.path("result").path("value").asText();
  }

  void press(String key) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      ObjectNode event = JSON.createObjectNode().put("type", type).put("key", key);
      call("Input.dispatchKeyEvent", key.length() == 1 ? event.put("text", key) : event);
    }
  }

  byte[] screenshot() throws Exception {
    return Base64.getDecoder()
        .decode(
            call("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"))
                .path("data")
                .asText());
  }

  private JsonNode call(String method, ObjectNode parameters) throws Exception {
    int id = ++lastId;
    ObjectNode call = JSON.createObjectNode().put("id", id).put("method", method);
    socket.sendText(call.set("params", parameters).toString(), true).join();
    JsonNode answer = next();
    while (answer.path("id").asInt() != id) {
      answer = next();
    }
    if (answer.has("error")) {
      throw new AssertionError(method + ": " + answer.path("error"));
    }
    return answer.path("result");
  }

  private void awaitEvent(String method) throws Exception {
    while (!next().path("method").asText().equals(method)) {
      // Other events come before it.
    }
  }

  private JsonNode next() throws InterruptedException {
    JsonNode message = messages.poll(30, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("the browser does not respond");
    }
    return message;
  }

  @Override
  public void close() {
    socket.abort();
    client.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    var _ = process.destroyForcibly().onExit().join();
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          messages.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
