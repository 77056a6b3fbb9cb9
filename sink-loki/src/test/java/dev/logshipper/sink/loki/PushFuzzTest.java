package dev.logshipper.sink.loki;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.testkit.CapturedOutput;
import dev.logshipper.testkit.Choices;
import dev.logshipper.testkit.GeneratedCases;
import dev.logshipper.testkit.MadeUpRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

/// A push in any form reads back as what was written, whatever lines and labels hold.
class PushFuzzTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, String>> NAMES_AND_VALUES =
      new TypeReference<>() {};

  @Test
  void generatedPushesReadBackTheSame() throws IOException {
    GeneratedCases.check(getClass(), 100, PushFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException, JsonException {
    Choices choices = new Choices(input);
    boolean metadata = choices.flag();
    List<PushStream> streams = new ArrayList<>();
    for (int more = choices.upTo(2); more >= 0; more--) {
      streams.add(stream(choices));
    }
    readsBack(streams, metadata, protobuf());
    readsBack(streams, metadata, new JsonPush(false));
    readsBack(streams, metadata, new JsonPush(true));
  }

  private static ProtobufPush protobuf() {
    return new ProtobufPush(SnappyBlocks.ofLibrary(new CapturedOutput().diagnostics()));
  }

  private static void readsBack(List<PushStream> streams, boolean metadata, PushFormat format)
      throws IOException, JsonException {
    Headers.Builder described = new Headers.Builder();
    format.describe(described);
    Headers headers = described.build();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    format.write(streams, metadata, body);

    List<Pushed> written = new ArrayList<>();
    for (PushStream stream : streams) {
      written.addAll(expected(stream, metadata, format));
    }
    String type = headers.get("Content-Type");
    assertThat(Pushed.in(body.toByteArray(), type, headers.get("Content-Encoding")))
        .isEqualTo(written);
  }

  private static List<Pushed> expected(PushStream stream, boolean metadata, PushFormat format)
      throws IOException {
    String labels =
        format instanceof ProtobufPush
            ? stream.labels().text()
            : JACKSON.readValue(stream.labels().json(), NAMES_AND_VALUES).toString();
    List<Pushed> pushed = new ArrayList<>();
    for (PushStream.Entry entry : stream.entries()) {
      String id = metadata ? entry.line().requestId().orElse("") : "";
      Map<String, String> pairs = id.isEmpty() ? Map.of() : Map.of("request_id", id);
      pushed.add(new Pushed(labels, entry.nanos(), entry.line().text(), pairs));
    }
    return pushed;
  }

  private static PushStream stream(Choices choices) {
    Labels labels =
        new Labels(
            List.of(
                new NameValue("application", choices.text(5)),
                new NameValue("lambda", choices.text(5))));
    List<PushStream.Entry> entries = new ArrayList<>();
    for (LogRecord record : MadeUpRecords.several(choices)) {
      entries.add(new PushStream.Entry(record, choices.bits() >>> 1));
    }
    return new PushStream(labels, entries);
  }
}
