package dev.logshipper.sink.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.testkit.Fault;
import dev.logshipper.sink.testkit.HttpSinkFixture;
import dev.logshipper.sink.testkit.Trait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A destination for [LineSink] with all traits except [Trait#LOSSY].
class LineFixture extends HttpSinkFixture {
  private static final int BODY_BYTES_MAX = LineSink.REQUEST_BYTES_MAX;

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
    return EnumSet.complementOf(EnumSet.of(Trait.LOSSY));
  }

  int bodyBytesMax() {
    return BODY_BYTES_MAX;
  }

  @Override
  protected ScriptedResponse.Http accept(ReceivedRequest request) throws Exception {
    return acceptPartially(request, new Fault.Partial(List.of(), List.of()));
  }

  @Override
  protected ScriptedResponse.Http acceptPartially(ReceivedRequest request, Fault.Partial partial)
      throws Exception {
    if (request.body().length > bodyBytesMax()) {
      return ScriptedResponse.status(413);
    }
    boolean fresh = batches.add(request.header("batch-id").orElseThrow());
    int index = 0;
    for (String line : request.lines()) {
      if (fresh && partial.stores(index)) {
        lines.add(new JsonReader(line.getBytes(UTF_8)).string());
      }
      index++;
    }
    if (partial.retry().isEmpty() && partial.rejected().isEmpty()) {
      return ScriptedResponse.ok();
    }
    return ScriptedResponse.status(207)
        .body(joined(partial.retry()) + ";" + joined(partial.rejected()));
  }

  private static String joined(List<Integer> indexes) {
    return String.join(",", indexes.stream().map(String::valueOf).toList());
  }

  @Override
  protected List<String> held() {
    return lines;
  }
}
