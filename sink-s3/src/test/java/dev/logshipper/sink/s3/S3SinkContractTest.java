package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.testkit.Fault;
import dev.logshipper.sink.testkit.HttpRequest;
import dev.logshipper.sink.testkit.HttpResponse;
import dev.logshipper.sink.testkit.HttpSinkFixture;
import dev.logshipper.sink.testkit.SinkContract;
import dev.logshipper.sink.testkit.SinkFixture;
import dev.logshipper.sink.testkit.Trait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;

/// The contract against a server that holds each object under its key, the last one written.
class S3SinkContractTest extends SinkContract {

  @BeforeAll
  static void warmUp() throws Exception {
    S3Fixture.warmUp();
  }

  @Override
  protected SinkFixture newFixture() throws IOException {
    return new Server();
  }

  /// Each fixture's sink builds a client of its own.
  @Override
  protected Duration shortDeadline() {
    return Duration.ofMillis(800);
  }

  private static final class Server extends HttpSinkFixture {
    private static final byte[] RECORD = "record".getBytes(UTF_8);

    private final Map<String, List<String>> objects = new LinkedHashMap<>();

    Server() throws IOException {}

    @Override
    public SinkProvider provider() {
      return new S3SinkProvider();
    }

    @Override
    public Map<String, String> environment() {
      return Map.of(
          "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", "logs",
          "AWS_ENDPOINT_URL_S3", "http://" + authority(),
          "PUSHER_S3_TIMEOUT_SEC", "60",
          "AWS_ACCESS_KEY_ID", "secret-id",
          "AWS_SECRET_ACCESS_KEY", "secret-key",
          "AWS_SESSION_TOKEN", "secret-token");
    }

    @Override
    public Set<String> secrets() {
      return Set.of("secret-id", "secret-key", "secret-token");
    }

    @Override
    public List<Map<String, String>> contradictions() {
      return List.of(
          Map.of(
              "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET",
              "logs",
              "AWS_SECRET_ACCESS_KEY",
              "secret-key"));
    }

    @Override
    public Set<Trait> traits() {
      return Set.of(Trait.IDEMPOTENT, Trait.NAMES_WAIT);
    }

    @Override
    public HttpResponse accept(HttpRequest request) throws Exception {
      if (!request.method().equals("PUT") || !request.target().startsWith("/logs/")) {
        throw new IOException("not an object of the bucket");
      }
      List<String> lines = new ArrayList<>();
      for (String line : request.text().lines().toList()) {
        JsonReader json = new JsonReader(line.getBytes(UTF_8));
        if (!json.find(RECORD)) {
          throw new IOException("a line without a record");
        }
        lines.add(json.peek() == '"' ? json.string() : new String(json.valueBytes(), UTF_8));
      }
      objects.put(request.target(), lines);
      return HttpResponse.of(200);
    }

    @Override
    public HttpResponse refuse(HttpRequest request, Fault.Throttle why) {
      return error(503, "SlowDown").retryAfter(why.retryAfter());
    }

    @Override
    public HttpResponse refuse(HttpRequest request, Fault.Unavailable why) {
      return error(503, "ServiceUnavailable");
    }

    @Override
    public HttpResponse refuse(HttpRequest request, Fault.Reject why) {
      return error(400, "InvalidArgument");
    }

    @Override
    protected List<String> held() {
      return objects.values().stream().flatMap(List::stream).toList();
    }

    private static HttpResponse error(int status, String code) {
      return HttpResponse.of(
          status,
          "application/xml",
          "<Error><Code>" + code + "</Code><Message>" + Fault.QUOTE + "</Message></Error>");
    }
  }
}
