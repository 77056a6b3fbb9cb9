package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.FormatFixture.ID;
import static dev.logshipper.format.edgedelta.FormatFixture.TIME;
import static dev.logshipper.format.edgedelta.FormatFixture.batch;
import static dev.logshipper.format.edgedelta.FormatFixture.encode;
import static dev.logshipper.format.edgedelta.FormatFixture.line;
import static dev.logshipper.format.edgedelta.FormatFixture.platform;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainLinesTest {
  private final NdjsonEncoder encoder = FormatFixture.plain();

  @Test
  void lineHasTimeMessageAndType() throws Exception {
    assertThat(encode(encoder, batch("b", line("a \"b\""))))
        .isEqualTo(
            "{\"timestamp\":\""
                + TIME
                + "\",\"message\":\"a \\\"b\\\"\",\"log_type\":\"function\"}\n");
  }

  @Test
  void reportHasItsNumbersAtTopLevel() throws Exception {
    String json =
        "{\"requestId\":\""
            + ID
            + "\",\"metrics\":{\"durationMs\":1106.33,\"billedDurationMs\":1107,"
            + "\"memorySizeMB\":128,\"maxMemoryUsedMB\":65}}";

    assertThat(encode(encoder, batch("b", platform("platform.report", TIME, json))))
        .isEqualTo(
            "{\"timestamp\":\""
                + TIME
                + "\",\"request_id\":\""
                + ID
                + "\",\"log_type\":\"platform.report\",\"duration_ms\":1106.33,"
                + "\"billed_duration_ms\":1107,\"max_memory_used\":65,\"memory_size\":128}\n");
  }

  @Test
  void reportOfAnInvocationWithoutSuccessSaysHowItFailed() throws Exception {
    String failed =
        "{\"requestId\":\"r\",\"status\":\"timeout\",\"errorType\":\"Sandbox.Timedout\","
            + "\"metrics\":{\"durationMs\":3000.0,\"billedDurationMs\":3000}}";
    Map<String, String> fields = Map.of("status", "mine");

    assertThat(
            encode(
                encoder, batch("b", platform("platform.report", TIME, failed).withFields(fields))))
        .endsWith(
            ",\"duration_ms\":3000,\"billed_duration_ms\":3000,\"status\":\"timeout\","
                + "\"error_type\":\"Sandbox.Timedout\","
                + "\"message\":\"Task timed out after 3.00 seconds\"}\n");
  }

  @Test
  void otherRecordsKeepTheirJsonAsMessage() throws Exception {
    assertThat(encode(encoder, batch("b", platform("platform.start", TIME, "{\"a\":1}"))))
        .endsWith("\"message\":\"{\\\"a\\\":1}\",\"log_type\":\"platform.start\"}\n");
  }

  @Test
  void reportThatLacksItsRequestIdKeepsItsJsonAsMessage() throws Exception {
    assertThat(encode(encoder, batch("b", platform("platform.report", TIME, "{\"a\":1}"))))
        .endsWith("\"message\":\"{\\\"a\\\":1}\",\"log_type\":\"platform.report\"}\n");
  }

  @Test
  void statedOverheadIsNotMoreThanTheRealOneNorMuchLess() throws Exception {
    int real = encode(encoder, batch("b", line(""))).length();
    assertThat(encoder.lineOverheadBytes()).isBetween(real / 2, real);
  }

  @Test
  void aWrappedLineIsThePlainLineWithItsLevel() throws Exception {
    assertThat(encode(encoder, batch("b", FormatFixture.wrapped("INFO", "x"))))
        .isEqualTo(
            """
            {"timestamp":"2026-11-21T10:15:30.123Z","message":"x","log_type":"function",\
            "level":"INFO"}
            """);
  }

  @Test
  void fieldsFollowTheLineAndOverwriteNothing() throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("level", "WARN");
    fields.put("message", "other");
    fields.put("user.id", "a \"b\"\n");

    assertThat(encode(encoder, batch("b", line("x").withFields(fields))))
        .endsWith(
            "\"message\":\"x\",\"log_type\":\"function\",\"level\":\"WARN\","
                + "\"user.id\":\"a \\\"b\\\"\\n\"}\n");
    assertThat(encode(encoder, batch("b", FormatFixture.wrapped("INFO", "x").withFields(fields))))
        .contains("\"level\":\"INFO\",\"user.id\":")
        .doesNotContain("WARN", "other");
  }
}
