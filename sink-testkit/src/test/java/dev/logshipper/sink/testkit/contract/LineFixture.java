package dev.logshipper.sink.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.testkit.Fault;
import dev.logshipper.sink.testkit.HttpRequest;
import dev.logshipper.sink.testkit.HttpResponse;
import dev.logshipper.sink.testkit.HttpSinkFixture;
import dev.logshipper.sink.testkit.Trait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A destination for [LineSink] that can do everything.
class LineFixture extends HttpSinkFixture {
  private static final int BODY_BYTES_MAX = 2 * LineSink.LIMITS.bytesMax();

  private final SinkProvider provider;
  private final Set<String> batches = new HashSet<>();
  private final List<String> lines = new ArrayList<>();

  LineFixture(SinkProvider provider) throws IOException {
    this.provider = provider;
  }

  @Override
  public SinkProvider provider() {
    return provider;
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "PUSHER_LINES_ADDRESS",
        authority(),
        "PUSHER_LINES_TOKEN",
        "hush-hush",
        // Some providers under test have a setting for it.
        "PUSHER_LINES_ADDRESS_AND_TOKEN",
        authority() + "/hush-hush");
  }

  @Override
  public Set<String> secrets() {
    return Set.of("hush-hush");
  }

  @Override
  public List<Map<String, String>> contradictions() {
    return List.of(
        Map.of(
            "PUSHER_LINES_ADDRESS", authority(),
            "PUSHER_LINES_TOKEN", "hush-hush",
            "PUSHER_LINES_ANONYMOUS", "true"));
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.values());
  }

  int bodyBytesMax() {
    return BODY_BYTES_MAX;
  }

  @Override
  public HttpResponse accept(HttpRequest request) throws Exception {
    return accept(request, new Fault.Partial(List.of()));
  }

  @Override
  public HttpResponse accept(HttpRequest request, Fault.Partial but) throws Exception {
    if (request.body().length > bodyBytesMax()) {
      return HttpResponse.of(413);
    }
    boolean fresh = batches.add(request.header("batch-id"));
    int place = 0;
    for (String line : request.text().lines().toList()) {
      if (fresh && !but.failed().contains(place)) {
        lines.add(new JsonReader(line.getBytes(UTF_8)).string());
      }
      place++;
    }
    if (but.failed().isEmpty()) {
      return HttpResponse.of(200);
    }
    List<String> failed = but.failed().stream().map(String::valueOf).toList();
    return HttpResponse.of(207, "text/plain", String.join(",", failed));
  }

  @Override
  protected List<String> held() {
    return lines;
  }
}
