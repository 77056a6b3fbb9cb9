package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.FormatFixture.ID;
import static dev.logshipper.format.edgedelta.FormatFixture.batch;
import static dev.logshipper.format.edgedelta.FormatFixture.encode;
import static dev.logshipper.format.edgedelta.FormatFixture.line;
import static dev.logshipper.format.edgedelta.FormatFixture.platform;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  private final NdjsonEncoder epoch = encoder(LineFormat.EPOCH);
  private final NdjsonEncoder splunk = encoder(LineFormat.SPLUNK);

  @Test
  void epochFormHasMilliseconds() throws Exception {
    assertThat(encode(epoch, batch("b", line("a \"b\""))))
        .isEqualTo(
            "{\"timestamp\":1795256130123,\"message\":\"a \\\"b\\\"\",\"log_type\":\"function\","
                + "\"function\":\"hello\",\"request_id\":\""
                + ID
                + "\"}\n");
  }

  @Test
  void splunkFormHasSecondsAndAnEvent() throws Exception {
    assertThat(encode(splunk, batch("b", line(""))))
        .isEqualTo(
            "{\"time\":1795256130.123,\"event\":{\"message\":\"\",\"log_type\":\"function\","
                + "\"function\":\"hello\",\"request_id\":\""
                + ID
                + "\"}}\n");
  }

  @Test
  void millisecondsBelowAHundredKeepTheirZeros() throws Exception {
    String time = "2026-11-21T10:15:30.007Z";

    assertThat(encode(splunk, batch("b", platform("platform.x", time, "{}"))))
        .startsWith("{\"time\":1795256130.007,");
  }

  @Test
  void jsonIsTextForOneAndAValueForTheOther() throws Exception {
    var record = platform("platform.start", FormatFixture.TIME, "{\"a\":\n1}");

    assertThat(encode(epoch, batch("b", record))).contains("\"message\":\"{\\\"a\\\":\\n1}\",");
    assertThat(encode(splunk, batch("b", record))).contains("\"message\":{\"a\": 1},");
  }

  @Test
  void unreadableTimeIsOmitted() throws Exception {
    var record = platform("platform.start", "yesterday", "{}");

    assertThat(encode(epoch, batch("b", record))).startsWith("{\"message\":");
    assertThat(encode(splunk, batch("b", record))).startsWith("{\"event\":{\"message\":");
  }

  @Test
  void tenantIsNamed() throws Exception {
    assertThat(encode(epoch, batch("b", line("x").withTenantId("blue"))))
        .endsWith(",\"tenant_id\":\"blue\"}\n");
  }

  @Test
  void reportOfAnInvocationWithoutSuccessSaysHowItFailed() throws Exception {
    String timeout =
        "{\"requestId\":\"r\",\"status\":\"timeout\",\"metrics\":{\"durationMs\":1002.272}}";
    String error = "{\"requestId\":\"r\",\"status\":\"error\",\"errorType\":\"Runtime.ExitError\"}";

    for (NdjsonEncoder form : List.of(epoch, splunk)) {
      assertThat(encode(form, batch("b", report(timeout))))
          .contains(
              ",\"status\":\"timeout\",\"error\":\"Task timed out after 1.00 seconds\"}",
              "1002.272");
      assertThat(encode(form, batch("b", report(error).withFields(Map.of("error_type", "mine")))))
          .contains(",\"status\":\"error\",\"error_type\":\"Runtime.ExitError\"}")
          .doesNotContain("mine");
    }
  }

  @Test
  void otherReportsAreUnchangedAndFieldsKeepTheirNames() throws Exception {
    String success = "{\"requestId\":\"r\",\"status\":\"success\"}";
    var fields = Map.of("status", "mine");

    assertThat(encode(splunk, batch("b", report(success)))).endsWith("\"function\":\"hello\"}}\n");
    assertThat(encode(epoch, batch("b", line("x").withFields(fields))))
        .contains("\"status\":\"mine\"");
  }

  private static LogRecord report(String json) {
    return platform("platform.report", FormatFixture.TIME, json);
  }

  @Test
  void fieldsBelongToTheEvent() throws Exception {
    var record = line("x").withFields(Map.of("traceId", "t-1"));

    assertThat(encode(epoch, batch("b", record))).endsWith(",\"traceId\":\"t-1\"}\n");
    assertThat(encode(splunk, batch("b", record))).endsWith(",\"traceId\":\"t-1\"}}\n");
  }

  @Test
  void statedOverheadIsNotMoreThanTheRealOneNorMuchLess() throws Exception {
    int real = encode(epoch, batch("b", line(""))).length();

    assertThat(epoch.lineOverheadBytes()).isBetween(real / 2, real);
  }

  private static NdjsonEncoder encoder(LineFormat format) {
    return NdjsonEncoder.of(format, FormatFixture.context(Map.of(), new ByteArrayOutputStream()));
  }
}
