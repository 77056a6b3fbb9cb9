package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.FormatFixture.CLOUD;
import static dev.logshipper.format.edgedelta.FormatFixture.ID;
import static dev.logshipper.format.edgedelta.FormatFixture.batch;
import static dev.logshipper.format.edgedelta.FormatFixture.encode;
import static dev.logshipper.format.edgedelta.FormatFixture.enriched;
import static dev.logshipper.format.edgedelta.FormatFixture.platform;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reports of invocations in the enriched form.
class EnrichedReportTest {
  static final String START = "2026-11-21T10:15:30.000Z";
  static final String END = "2026-11-21T10:15:32.599Z";
  private static final String REPORT =
      """
      {"requestId":"459921b5-681c-4a96-beb0-81e0aa586026","status":"success",\
      "metrics":{"durationMs":2599.5,"billedDurationMs":2600,"memorySizeMB":128,\
      "maxMemoryUsedMB":96,"initDurationMs":549.04},"spans":[{"name":"x"}]}\
      """;

  @Test
  void reportHasItsNumbers() throws Exception {
    assertThat(encode(enriched(), batch("b", report())))
        .isEqualTo(
            CLOUD
                + "\""
                + ID
                + "\"},\"timestamp\":\""
                + END
                + "\",\"log_type\":\"platform.report\",\"faas.billed_duration_ms\":2600,"
                + "\"faas.init_duration_ms\":549.04,\"faas.duration_ms\":2599.5,"
                + "\"faas.max_memory_used\":96,\"faas.memory_left\":32,"
                + "\"faas.memory_percent\":25}\n");
  }

  @Test
  void reportAfterStartAndEndSplitsTheDuration() throws Exception {
    String body = encode(enriched(), batch("b", start(), end(), report()));

    assertThat(body)
        .contains("\"faas.post_runtime_duration_ms\":0.5,")
        .contains("\"faas.runtime_duration_ms\":2599.5,");
  }

  @Test
  void durationsOfAColdStartAreInOrderAndHaveThreeDecimals() throws Exception {
    String report = report("success", "\"durationMs\":2600.272,\"billedDurationMs\":3704", "");

    assertThat(
            encode(
                enriched(), batch("b", start(), end(), platform("platform.report", END, report))))
        .contains("\"faas.runtime_duration_ms\":2600.272,")
        .contains("\"faas.duration_ms\":2600.272,")
        .contains("\"faas.post_runtime_duration_ms\":1.272");
  }

  @Test
  void reportOfATimeoutSaysSoAsCloudWatchDoes() throws Exception {
    String report =
        report(
            "timeout",
            "\"durationMs\":1002.272,\"billedDurationMs\":1003",
            ",\"errorType\":\"Sandbox.Timedout\"");

    assertThat(encode(enriched(), batch("b", platform("platform.report", END, report))))
        .contains("\"status\":\"timeout\",\"error_type\":\"Sandbox.Timedout\",")
        .contains("\"message\":\"Task timed out after 1.00 seconds\",")
        .contains("\"faas.duration_ms\":1002.272");
  }

  @Test
  void failureOfAnInvocationHasItsStatusAndErrorType() throws Exception {
    String end =
        "{\"requestId\":\"" + ID + "\",\"status\":\"error\",\"errorType\":\"Runtime.ExitError\"}";

    assertThat(encode(enriched(), batch("b", platform("platform.runtimeDone", END, end))))
        .contains("\"status\":\"error\",\"error_type\":\"Runtime.ExitError\",\"message\":");
    assertThat(
            encode(
                enriched(),
                batch(
                    "b",
                    platform("platform.report", END, report("error", "\"durationMs\":5", "")))))
        .contains("\"status\":\"error\",\"faas.duration_ms\":5")
        .doesNotContain("message");
  }

  private static String report(String status, String metrics, String more) {
    return "{\"requestId\":\""
        + ID
        + "\",\"status\":\""
        + status
        + "\",\"metrics\":{"
        + metrics
        + "}"
        + more
        + "}";
  }

  @Test
  void timesAreRememberedOverBatches() throws Exception {
    NdjsonEncoder encoder = enriched();

    encode(encoder, batch("first", start()));
    encode(encoder, batch("second", end()));

    assertThat(encode(encoder, batch("third", report())))
        .contains("\"faas.post_runtime_duration_ms\":0.5,");
  }

  @Test
  void reportOfAnIdleInvocationOmitsZerosExceptFreeMemory() throws Exception {
    LogRecord record =
        platform(
            "platform.report",
            END,
            "{\"requestId\":\"r\",\"metrics\":{\"durationMs\":0,\"billedDurationMs\":1,"
                + "\"memorySizeMB\":128,\"maxMemoryUsedMB\":128}}");

    assertThat(encode(enriched(), batch("b", record)))
        .contains("\"faas.billed_duration_ms\":1,\"faas.max_memory_used\":128,")
        .endsWith("\"faas.memory_left\":0,\"faas.memory_percent\":0}\n")
        .doesNotContain("faas.duration_ms");
  }

  @Test
  void reportWithoutMemorySizeHasNoShare() throws Exception {
    LogRecord record =
        platform(
            "platform.report",
            END,
            "{\"requestId\":\"r\",\"metrics\":{\"durationMs\":1.148,\"memorySizeMB\":0,"
                + "\"maxMemoryUsedMB\":1}}");

    assertThat(encode(enriched(), batch("b", record)))
        .contains("\"faas.duration_ms\":1.148")
        .doesNotContain("memory_percent");
  }

  @Test
  void reportWithUnknownOrInvalidMembersKeepsTheOthers() throws Exception {
    LogRecord record =
        platform(
            "platform.report",
            END,
            "{\"requestId\":\"r\",\"metrics\":{\"restoreDurationMs\":{\"a\":1},"
                + "\"durationMs\":[1],\"billedDurationMs\":2}}");

    assertThat(encode(enriched(), batch("b", record)))
        .contains("\"request_id\":\"r\"", "\"faas.billed_duration_ms\":2")
        .doesNotContain("faas.duration_ms", "message");
  }

  @Test
  void reportWithInvalidMetricsKeepsItsRequestId() throws Exception {
    LogRecord record = platform("platform.report", END, "{\"metrics\":[1],\"requestId\":\"r\"}");

    assertThat(encode(enriched(), batch("b", record)))
        .contains("\"request_id\":\"r\"", "\"message\":\"{");
  }

  @Test
  void reportOmitsAnInfiniteDifference() throws Exception {
    LogRecord record =
        platform(
            "platform.report",
            END,
            "{\"requestId\":\"r\",\"metrics\":{\"memorySizeMB\":1.7e308,"
                + "\"maxMemoryUsedMB\":-1.7e308}}");

    assertThat(encode(enriched(), batch("b", record)))
        .contains("\"faas.max_memory_used\":-17")
        .doesNotContain("memory_left", "memory_percent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"metrics\":{\"durationMs\":1}}",
        "{\"requestId\":7,\"metrics\":{\"durationMs\":1}}",
        "{\"requestId\":\"r\"}",
        "{\"requestId\":\"r\",\"metrics\":[1]}",
        "{\"requestId\":\"r\",\"metrics\":{\"durationMs\":\"1\"}}",
        "{\"requestId\":\"r\",\"metrics\":{\"durationMs\":1"
      })
  void incompleteReportIsSentAsText(String json) throws Exception {
    String body = encode(enriched(), batch("b", platform("platform.report", END, json)));

    assertThat(body)
        .contains("\"log_type\":\"platform.report\",\"message\":\"")
        .contains(json.replace("\"", "\\\""))
        .endsWith("\"}\n");
  }

  static LogRecord start() {
    return platform("platform.start", START, "{\"requestId\":\"" + ID + "\"}");
  }

  static LogRecord end() {
    return platform(
        "platform.runtimeDone", END, "{\"requestId\":\"" + ID + "\",\"status\":\"success\"}");
  }

  static LogRecord report() {
    return platform("platform.report", END, REPORT);
  }
}
