package dev.logshipper.format.edgedelta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.testkit.RandomInput;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Any record becomes one line of valid JSON in either form, with its time, type and text
/// unchanged; a batch written again is identical.
class LinesFuzzTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void generatedRecordsAreLinesOfJson() throws IOException {
    RandomInput.check(getClass(), 500, LinesFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
    RandomInput random = new RandomInput(input);
    FunctionIdentity function =
        new FunctionIdentity(
            random.text(3), random.text(3), random.text(3), 128, null, random.text(3));
    Batch batch = new Batch("b-1", random.records());
    areLinesOfJson(batch, FormatFixture.plain());
    areLinesOfJson(batch, FormatFixture.enriched(function));
  }

  private static void areLinesOfJson(Batch batch, NdjsonEncoder encoder)
      throws IOException, InterruptedException {
    String text = FormatFixture.encode(encoder, batch);
    assertThat(FormatFixture.encode(encoder, batch)).isEqualTo(text);
    List<String> lines = List.of(text.split("\n", -1));
    assertThat(lines).hasSize(batch.records().size() + 1).last().isEqualTo("");
    for (int i = 0; i < batch.records().size(); i++) {
      LogRecord record = batch.records().get(i);
      JsonNode line = JACKSON.readTree(lines.get(i));
      assertThat(line.get("timestamp").textValue()).isEqualTo(record.time());
      assertThat(line.get("log_type").textValue()).isEqualTo(record.type());
      JsonNode message = line.get("message");
      if (!record.type().startsWith("platform.")) {
        assertThat(message.textValue()).isEqualTo(record.text());
      }
      assertThat(record.text().getBytes(UTF_8)).hasSize(record.sizeBytes());
    }
  }
}
