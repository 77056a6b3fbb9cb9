package dev.logshipper.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.testkit.HttpSinkFixture;
import dev.logshipper.sink.testkit.SinkContract;
import dev.logshipper.sink.testkit.SinkFixture;
import dev.logshipper.sink.testkit.Trait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The contract against an endpoint that holds each batch once, by the id in the header.
class HttpSinkContractTest extends SinkContract {

  @Override
  protected SinkFixture newFixture() throws IOException {
    return new Endpoint();
  }

  private static final class Endpoint extends HttpSinkFixture {
    private static final byte[] MESSAGE = {'m', 'e', 's', 's', 'a', 'g', 'e'};

    private final Map<String, List<String>> batches = new LinkedHashMap<>();

    Endpoint() throws IOException {}

    @Override
    public SinkProvider provider() {
      return new HttpSinkProvider();
    }

    @Override
    public Map<String, String> environment() {
      return Map.of(
          "ED_ENDPOINT", "http://" + authority() + "/secret-path?key=secret-key",
          "ED_PUSH_TIMEOUT_SEC", "60",
          "PUSHER_HTTP_HEADERS", "X-Api-Key=secret-header",
          "PUSHER_HTTP_BEARER_TOKEN", "secret-token");
    }

    @Override
    public Set<String> secrets() {
      return Set.of("secret-path", "secret-key", "secret-header", "secret-token");
    }

    @Override
    public List<Map<String, String>> contradictions() {
      return List.of(
          Map.of(
              "ED_ENDPOINT",
              "http://user:secret-key@" + authority(),
              "PUSHER_HTTP_BEARER_TOKEN",
              "secret-token"));
    }

    @Override
    public Set<Trait> traits() {
      return Set.of(Trait.IDEMPOTENT, Trait.NAMES_WAIT);
    }

    @Override
    public Set<String> libraryThreads() {
      return Set.of("OkHttp TaskRunner");
    }

    @Override
    protected ScriptedResponse.Http accept(ReceivedRequest request) throws Exception {
      List<String> lines = new ArrayList<>();
      for (String line : request.lines()) {
        JsonReader json = new JsonReader(line.getBytes(UTF_8));
        if (!json.find(MESSAGE)) {
          throw new IOException("a line without a message");
        }
        lines.add(json.string());
      }
      batches.putIfAbsent(request.header("x-log-shipper-batch-id").orElseThrow(), lines);
      return ScriptedResponse.ok();
    }

    @Override
    protected List<String> held() {
      return batches.values().stream().flatMap(List::stream).toList();
    }
  }
}
