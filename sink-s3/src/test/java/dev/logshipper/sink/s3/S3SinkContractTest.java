package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.s3.S3Destination;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.testkit.Fault;
import dev.logshipper.sink.testkit.HttpSinkFixture;
import dev.logshipper.sink.testkit.SinkContract;
import dev.logshipper.sink.testkit.SinkFixture;
import dev.logshipper.sink.testkit.Trait;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;

/// The contract against the stand-in for S3.
class S3SinkContractTest extends SinkContract {

  @BeforeAll
  static void warmUp() throws Exception {
    S3Fixture.warmUp();
  }

  @Override
  protected SinkFixture newFixture() throws IOException {
    return new Server();
  }

  /// The sink of each fixture builds its own client.
  @Override
  protected Duration shortDeadline() {
    return Duration.ofMillis(800);
  }

  private static final class Server extends HttpSinkFixture {
    private static final byte[] RECORD = "record".getBytes(UTF_8);

    private final S3Destination s3 = S3Destination.start(S3Fixture.standard().with("logs"));

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
    protected ScriptedResponse.Http accept(ReceivedRequest request) {
      return s3.respondTo(request.method(), request.path(), request.headers(), request.body());
    }

    @Override
    protected ScriptedResponse.Http throttle(Duration retryAfter) {
      return withRetryAfter(error(503, "SlowDown"), retryAfter);
    }

    @Override
    protected ScriptedResponse.Http unavailable() {
      return error(503, "ServiceUnavailable");
    }

    @Override
    protected ScriptedResponse.Http reject() {
      return error(400, "InvalidArgument");
    }

    @Override
    protected List<String> held() {
      return s3.lines().stream().map(Server::recordOf).toList();
    }

    private static String recordOf(String line) {
      try {
        JsonReader json = new JsonReader(line.getBytes(UTF_8));
        if (!json.find(RECORD)) {
          throw new AssertionError("a line without a record");
        }
        return json.peek() == '"' ? json.string() : new String(json.valueBytes(), UTF_8);
      } catch (JsonException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() throws IOException {
      s3.close();
      super.close();
    }

    private static ScriptedResponse.Http error(int status, String code) {
      return ScriptedResponse.status(status)
          .header("Content-Type", "application/xml")
          .body("<Error><Code>" + code + "</Code><Message>" + Fault.QUOTE + "</Message></Error>");
    }
  }
}
