package dev.logshipper.sandbox.environment.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.logshipper.sandbox.environment.timeline.Journal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Delivers to one extension: one delivery in flight, on a kept connection, repeated until
/// acknowledged with a 2xx, and only while the gate is open.
final class Subscriber implements AutoCloseable {

  private static final int BACKOFF_GROWTH_MAX = 20;

  private final String extension;
  private final Subscription subscription;
  private final EventBuffer buffer;
  private final Gate gate;
  private final DeliveryRules rules;
  private final Journal journal;
  private final ReentrantLock inFlight = new ReentrantLock();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Thread thread;
  private volatile long firstAcceptedNanos;

  Subscriber(
      String extension,
      Subscription subscription,
      EventBuffer buffer,
      Gate gate,
      DeliveryRules rules,
      Journal journal) {
    this.extension = extension;
    this.subscription = subscription;
    this.buffer = buffer;
    this.gate = gate;
    this.rules = rules;
    this.journal = journal;
    this.thread = Thread.ofVirtual().name("deliver-to-" + extension).start(this::deliverAll);
  }

  Subscription subscription() {
    return subscription;
  }

  EventBuffer buffer() {
    return buffer;
  }

  /// [System#nanoTime()] of the first accepted delivery, 0 before.
  long firstAcceptedNanos() {
    return firstAcceptedNanos;
  }

  void offer(TelemetryEvent event) {
    if (subscription.wants(event)) {
      buffer.add(event);
    }
  }

  /// Delivers a body as it is, and returns the subscriber's status.
  int deliverRaw(byte[] body) throws IOException, InterruptedException {
    return send(body, -1);
  }

  PartialDelivery beginDelivery(byte[] body, int bytes) throws IOException {
    return PartialDelivery.begin(subscription, body, bytes);
  }

  /// Ends deliveries; unacknowledged events stay in the buffer.
  @Override
  public void close() {
    thread.interrupt();
    client.shutdownNow();
  }

  private void deliverAll() {
    try {
      while (true) {
        gate.pass();
        List<TelemetryEvent> batch = buffer.takeDue(subscription);
        deliver(batch);
        buffer.acknowledge();
        reportDropped();
      }
    } catch (InterruptedException e) {
      buffer.putBack();
    }
  }

  private void deliver(List<TelemetryEvent> batch) throws InterruptedException {
    byte[] body = encode(batch);
    long pause = rules.backoffMillis();
    while (!accepted(body, batch.size())) {
      Thread.sleep(pause);
      pause = Math.min(2 * pause, BACKOFF_GROWTH_MAX * rules.backoffMillis());
    }
  }

  private boolean accepted(byte[] body, int events) throws InterruptedException {
    gate.pass();
    try {
      return send(body, events) / 100 == 2;
    } catch (IOException e) {
      journal.note(
          "delivery.failed", Map.of("name", extension, "events", events, "error", e.toString()));
      return false;
    }
  }

  private int send(byte[] body, int events) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(subscription.destination())
            .header("Content-Type", "application/json")
            .method(subscription.method(), BodyPublishers.ofByteArray(body))
            .build();
    inFlight.lockInterruptibly();
    try {
      long start = System.nanoTime();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      long end = System.nanoTime();
      if (firstAcceptedNanos == 0 && status / 100 == 2) {
        firstAcceptedNanos = end;
      }
      journal.note(
          "delivery",
          Map.of(
              "name", extension,
              "status", status,
              "events", events,
              "bytes", body.length,
              "millis", (end - start) / 1e6));
      return status;
    } finally {
      inFlight.unlock();
    }
  }

  private byte[] encode(List<TelemetryEvent> batch) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    char separator = '[';
    for (TelemetryEvent event : batch) {
      out.write(separator);
      event.writeTo(out, subscription.onlyStrings());
      separator = ',';
    }
    out.write(']');
    return out.toByteArray();
  }

  private void reportDropped() {
    EventBuffer.Dropped dropped = buffer.takeDropped();
    if (dropped.records() == 0) {
      return;
    }
    String recordJson =
        JsonNodeFactory.instance
            .objectNode()
            .put("droppedBytes", dropped.bytes())
            .put("droppedRecords", dropped.records())
            .put("reason", "Consumer is slower than the logs production rate")
            .toString();
    journal.note("delivery.dropped", Map.of("name", extension, "records", dropped.records()));
    TelemetryEvent report = TelemetryEvent.ofJson("platform.logsDropped", recordJson);
    if (subscription.wants(report)) {
      buffer.addBeyondBound(report);
    }
  }
}
