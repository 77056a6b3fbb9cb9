package dev.logshipper.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.testkit.HttpSinkFixture;
import dev.logshipper.sink.testkit.SinkContract;
import dev.logshipper.sink.testkit.SinkFixture;
import dev.logshipper.sink.testkit.Trait;
import dev.logshipper.testkit.TlsKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The contract against an endpoint that holds each batch once, by the id in the header.
@ParameterizedClass
@EnumSource(HttpSinkContractTest.Scheme.class)
class HttpSinkContractTest extends SinkContract {
  @TempDir private static Path folder;
  @Parameter Scheme scheme = Scheme.HTTP;

  @Override
  protected SinkFixture newFixture() throws IOException {
    return switch (scheme) {
      case HTTP -> new Endpoint("http", HttpDestination.start());
      case HTTPS_NATIVE -> secured(TlsKind.NATIVE);
      case HTTPS_JDK -> secured(TlsKind.JDK);
    };
  }

  private static SinkFixture secured(TlsKind kind) throws IOException {
    kind.choose();
    Endpoint endpoint = new Endpoint("https", HttpDestination.startTls());
    Path _ = Files.writeString(folder.resolve("ca.pem"), endpoint.ca());
    return endpoint;
  }

  /// The ways to the endpoint.
  enum Scheme {
    HTTP,
    HTTPS_NATIVE,
    HTTPS_JDK
  }

  private static final class Endpoint extends HttpSinkFixture {
    private static final byte[] MESSAGE = {'m', 'e', 's', 's', 'a', 'g', 'e'};

    private final Map<String, List<String>> batches = new LinkedHashMap<>();

    private final String scheme;

    Endpoint(String scheme, HttpDestination server) throws IOException {
      super(server);
      this.scheme = scheme;
    }

    String ca() {
      return certificatePem();
    }

    @Override
    public SinkProvider provider() {
      return new HttpSinkProvider();
    }

    @Override
    public Map<String, String> environment() {
      Map<String, String> environment = new HashMap<>();
      environment.put("ED_ENDPOINT", scheme + "://" + authority() + "/secret-path?key=secret-key");
      environment.put("ED_PUSH_TIMEOUT_SEC", "60");
      environment.put("PUSHER_HTTP_HEADERS", "X-Api-Key=secret-header");
      environment.put("PUSHER_HTTP_BEARER_TOKEN", "secret-token");
      if (scheme.equals("https")) {
        environment.put("PUSHER_HTTP_CA_FILE", folder.resolve("ca.pem").toString());
      }
      return environment;
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
