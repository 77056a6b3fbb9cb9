package dev.logshipper.sink.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.testkit.HttpSinkFixture;
import dev.logshipper.sink.testkit.SinkContract;
import dev.logshipper.sink.testkit.SinkFixture;
import dev.logshipper.sink.testkit.Trait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The contract against the stand-in for Loki.
class LokiSinkContractTest extends SinkContract {

  @Override
  protected SinkFixture newFixture() throws IOException {
    return new Loki();
  }

  private static final class Loki extends HttpSinkFixture {
    private final LokiDestination loki = LokiFixture.startLoki();

    Loki() throws IOException {}

    @Override
    public SinkProvider provider() {
      return new LokiSinkProvider();
    }

    @Override
    public Map<String, String> environment() {
      return Map.of(
          "LOKI_ENDPOINT_URL", "http://" + authority() + "/secret-path",
          "LOKI_APPLICATION_LABEL", "shop",
          "LOKI_ENV_LABEL", "prod",
          "LOKI_BEARER_TOKEN", "secret-token",
          "PUSHER_LOKI_TIMEOUT_SEC", "60");
    }

    @Override
    public Set<String> secrets() {
      return Set.of("secret-path", "secret-token", "secret-password");
    }

    @Override
    public List<Map<String, String>> contradictions() {
      String url = "http://" + authority();
      return List.of(
          with(url, Map.of("LOKI_PASSWORD", "secret-password")),
          with(url, Map.of("LOKI_USERNAME", "me")),
          with(
              url.replace("http://", "http://me:secret-password@"),
              Map.of("LOKI_BEARER_TOKEN", "x")));
    }

    private static Map<String, String> with(String url, Map<String, String> more) {
      Map<String, String> all = new HashMap<>(more);
      all.put("LOKI_ENDPOINT_URL", url);
      all.put("LOKI_APPLICATION_LABEL", "shop");
      all.put("LOKI_ENV_LABEL", "prod");
      return all;
    }

    /// Without `PARTIAL_REJECTION`, since Loki reports how many lines it rejects and not which.
    @Override
    public Set<Trait> traits() {
      return Set.of(Trait.IDEMPOTENT, Trait.NAMES_WAIT);
    }

    @Override
    public Set<String> libraryThreads() {
      return Set.of("OkHttp TaskRunner");
    }

    @Override
    protected ScriptedResponse.Http accept(ReceivedRequest request) {
      return loki.respondTo(
          request.method(),
          request.path().replace("/secret-path", ""),
          request.headers(),
          request.body());
    }

    /// Parts of a long line are joined again.
    @Override
    protected List<String> held() {
      List<String> lines = new ArrayList<>();
      StringBuilder line = new StringBuilder();
      for (String part : loki.lines()) {
        line.append(part);
        if (part.getBytes(UTF_8).length <= LineSplitter.LINE_BYTES_MAX - 4) {
          lines.add(line.toString());
          line.setLength(0);
        }
      }
      return lines;
    }

    @Override
    public void close() throws IOException {
      loki.close();
      super.close();
    }
  }
}
