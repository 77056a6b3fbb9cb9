package dev.logshipper.sink.loki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.destination.loki.LokiEntry;
import dev.logshipper.sandbox.destination.loki.LokiStream;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.testkit.CapturedOutput;
import dev.logshipper.sink.testkit.RandomInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

/// A push with any lines and labels arrives unchanged, in every format.
class PushFormatFuzzTest {

  @Test
  void generatedPushesArriveAsWritten() throws IOException {
    RandomInput.check(getClass(), 100, PushFormatFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    RandomInput random = new RandomInput(input);
    List<PushStream> streams = new ArrayList<>();
    for (int more = random.upTo(2); more >= 0; more--) {
      streams.add(stream(random, streams.size()));
    }
    arrives(streams, protobuf());
    arrives(streams, new JsonPushFormat(false));
    arrives(streams, new JsonPushFormat(true));
  }

  private static ProtobufPushFormat protobuf() {
    return new ProtobufPushFormat(SnappyEncoder.ofLibrary(new CapturedOutput().diagnostics()));
  }

  private static void arrives(List<PushStream> streams, PushFormat format) throws IOException {
    Headers.Builder described = new Headers.Builder();
    format.describe(described);
    Map<String, String> headers = new TreeMap<>();
    described.build().forEach(header -> headers.put(header.getFirst(), header.getSecond()));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    format.write(streams, body);
    List<LokiStream> expected = new ArrayList<>();
    for (PushStream stream : streams) {
      expected.add(expected(stream));
    }

    try (LokiDestination loki = LokiFixture.startLoki()) {
      assertThat(loki.respondTo("POST", "/loki/api/v1/push", headers, body.toByteArray()).status())
          .isEqualTo(204);
      assertThat(loki.streams()).isEqualTo(expected);
    }
  }

  private static LokiStream expected(PushStream stream) {
    TreeMap<String, String> labels = new TreeMap<>();
    stream.labels().pairs().forEach(pair -> labels.put(pair.name(), pair.value()));
    labels.values().removeIf(String::isEmpty);
    List<LokiEntry> entries = new ArrayList<>();
    for (PushStream.Entry entry : stream.entries()) {
      TreeMap<String, String> pairs = new TreeMap<>();
      if (!entry.metadata().requestId().isEmpty()) {
        pairs.put("request_id", entry.metadata().requestId());
      }
      if (!entry.metadata().tenantId().isEmpty()) {
        pairs.put("tenant_id", entry.metadata().tenantId());
      }
      pairs.putAll(entry.metadata().fields());
      entries.add(new LokiEntry(entry.nanos(), entry.line().text(), pairs));
    }
    return new LokiStream("fake", labels, entries);
  }

  private static PushStream stream(RandomInput random, int number) {
    StreamLabels labels =
        new StreamLabels(
            List.of(
                new NameValue("application", random.text(5)),
                new NameValue("lambda", random.text(5)),
                new NameValue("number", Integer.toString(number))),
            List.of(),
            List.of());
    List<PushStream.Entry> entries = new ArrayList<>();
    for (LogRecord record : random.records()) {
      int index = entries.size();
      String id = random.flag() ? record.requestId().orElse("") : "";
      PushStream.Metadata metadata =
          new PushStream.Metadata(
              id,
              random.flag() ? "" : "tenant-" + random.flag(),
              random.flag() ? Map.of() : Map.of("a", "x" + random.text(5)));
      entries.add(new PushStream.Entry(record, index, LokiFixture.TIME_NANOS + index, metadata));
    }
    return new PushStream(labels, entries);
  }
}
