package dev.logshipper.sandbox.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// The receiver for the logs of a test's extension. It is in the test's JVM, so it is never frozen,
/// and a delivery to a frozen environment is visible.
final class Receiver implements AutoCloseable {

  record Delivery(String method, String path, String contentType, String body) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final AtomicInteger rejections = new AtomicInteger();
  private final AtomicInteger rejected = new AtomicInteger();

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext("/", this::accept);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// Responds with 500 to this number of deliveries.
  void reject(int times) {
    rejections.set(times);
  }

  int rejected() {
    return rejected.get();
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  List<JsonNode> events() {
    return deliveries.stream().flatMap(delivery -> parse(delivery.body()).stream()).toList();
  }

  List<JsonNode> events(String type) {
    return events().stream().filter(event -> event.path("type").asText().equals(type)).toList();
  }

  void await(Predicate<Receiver> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> condition.test(this));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void accept(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (rejections.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        int _ = rejected.incrementAndGet();
        exchange.sendResponseHeaders(500, -1);
        return;
      }
      Delivery delivery =
          new Delivery(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
              body);
      boolean _ = deliveries.add(delivery);
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static List<JsonNode> parse(String body) {
    try {
      List<JsonNode> events = new CopyOnWriteArrayList<>();
      JSON.readTree(body).forEach(events::add);
      return events;
    } catch (IOException e) {
      return List.of();
    }
  }
}
