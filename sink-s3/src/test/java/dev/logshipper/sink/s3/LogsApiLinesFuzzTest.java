package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.testkit.RandomInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each record becomes one line of valid JSON with its content and nothing else.
class LogsApiLinesFuzzTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void generatedRecordsAreLinesOfJson() throws IOException {
    RandomInput.check(getClass(), 500, LogsApiLinesFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Batch batch = new Batch("b-1", new RandomInput(input).records());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LogsApiLines.write(batch.records(), out);
    List<String> lines = List.of(out.toString(UTF_8).split("[\r\n]", -1));
    assertThat(lines).hasSize(batch.records().size() + 1).last().isEqualTo("");
    for (int i = 0; i < batch.records().size(); i++) {
      isLineOf(batch.records().get(i), JACKSON.readTree(lines.get(i)));
    }
  }

  private static void isLineOf(LogRecord record, JsonNode line) throws IOException {
    assertThat(line.size()).isEqualTo(3);
    assertThat(line.get("time").textValue()).isEqualTo(record.time());
    assertThat(line.get("type").textValue()).isEqualTo(record.type());
    JsonNode content = line.get("record");
    if (record.isJson()) {
      assertThat(content).isEqualTo(JACKSON.readTree(record.text()));
    } else {
      assertThat(content.textValue()).isEqualTo(record.text());
    }
  }
}
