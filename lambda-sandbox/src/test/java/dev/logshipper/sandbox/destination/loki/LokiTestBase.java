package dev.logshipper.sandbox.destination.loki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/// Pushes a separate stream for each test to a Loki, and reads it back.
public abstract class LokiTestBase {
  final long nanos = Instant.now().getEpochSecond() * 1_000_000_000;
  private LokiPusher pusher = new LokiPusher("http://unused.invalid");
  private String test = "";

  /// Its address.
  protected abstract String url();

  /// Its stored streams.
  protected abstract List<LokiStream> streams();

  @BeforeEach
  void connect(TestInfo info) {
    pusher.close();
    pusher = new LokiPusher(url());
    test = info.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void disconnect() {
    pusher.close();
  }

  final LokiPusher pusher() {
    return pusher;
  }

  /// The label of this test's streams.
  final String label() {
    return "test=\"" + test + "\"";
  }

  final HttpResponse<String> push(LokiEntry... entries) throws IOException, InterruptedException {
    return pusher.push(LokiPusher.stream("{" + label() + "}", entries));
  }

  /// The lines of this test's streams as they are read back.
  final List<String> kept() {
    return entries().stream().map(LokiEntry::line).toList();
  }

  final List<LokiEntry> entries() {
    return ownStreams().stream().flatMap(stream -> stream.entries().stream()).toList();
  }

  final List<LokiStream> ownStreams() {
    return streams().stream().filter(each -> test.equals(each.labels().get("test"))).toList();
  }

  final LokiEntry[] entries(List<String> lines, Duration apart) {
    return IntStream.range(0, lines.size())
        .mapToObj(i -> entry(nanos + i * apart.toNanos(), lines.get(i)))
        .toArray(LokiEntry[]::new);
  }

  static LokiEntry entry(long nanos, String line, String... metadata) {
    Map<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < metadata.length; i += 2) {
      pairs.put(metadata[i], metadata[i + 1]);
    }
    return new LokiEntry(nanos, line, pairs);
  }

  static void assertStatus(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
  }
}
