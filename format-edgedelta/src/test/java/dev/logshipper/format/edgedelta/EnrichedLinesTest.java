package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.FormatFixture.CLOUD;
import static dev.logshipper.format.edgedelta.FormatFixture.ID;
import static dev.logshipper.format.edgedelta.FormatFixture.TIME;
import static dev.logshipper.format.edgedelta.FormatFixture.batch;
import static dev.logshipper.format.edgedelta.FormatFixture.encode;
import static dev.logshipper.format.edgedelta.FormatFixture.enriched;
import static dev.logshipper.format.edgedelta.FormatFixture.line;
import static dev.logshipper.format.edgedelta.FormatFixture.platform;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrichedLinesTest {
  private static final String START = "2026-11-21T10:15:30.000Z";
  private static final String END = "2026-11-21T10:15:32.599Z";
  private static final String REPORT =
      """
      {"requestId":"459921b5-681c-4a96-beb0-81e0aa586026","status":"success",\
      "metrics":{"durationMs":2599.5,"billedDurationMs":2600,"memorySizeMB":128,\
      "maxMemoryUsedMB":96,"initDurationMs":549.04},"spans":[{"name":"x"}]}\
      """;

  @Test
  void functionLineNamesItsFunctionAndInvocation() throws Exception {
    assertThat(encode(enriched(), batch("b", line("hello\t\"world\"\n"))))
        .isEqualTo(
            CLOUD
                + "\""
                + ID
                + "\"},\"timestamp\":\""
                + TIME
                + "\",\"log_type\":\"function\",\"message\":\"hello\\t\\\"world\\\"\\n\"}\n");
  }

  @Test
  void lineOfUnknownInvocationHasAnEmptyRequestId() throws Exception {
    LogRecord record = LogRecord.text(TIME, "function", null, "x".getBytes(UTF_8));

    assertThat(encode(enriched(), batch("b", record))).startsWith(CLOUD + "\"\"},");
  }

  @Test
  void jsonLineKeepsItsTextAsMessage() throws Exception {
    LogRecord record =
        LogRecord.json(TIME, "function", ID, "{ \"level\":\"INFO\"}".getBytes(UTF_8));

    assertThat(encode(enriched(), batch("b", record)))
        .endsWith("\"message\":\"{ \\\"level\\\":\\\"INFO\\\"}\"}\n");
  }

  @Test
  void startIsAStepOfItsOwnInvocation() throws Exception {
    assertThat(encode(enriched(), batch("b", start())))
        .isEqualTo(
            CLOUD
                + "\""
                + ID
                + "\",\"step\":\"START\"},\"timestamp\":\""
                + START
                + "\",\"log_type\":\"platform.start\",\"message\":\"START RequestID: "
                + ID
                + "\"}\n");
  }

  @Test
  void runtimeDoneIsAStepWithStatus() throws Exception {
    assertThat(encode(enriched(), batch("b", end())))
        .isEqualTo(
            CLOUD
                + "\""
                + ID
                + "\",\"step\":\"END\"},\"timestamp\":\""
                + END
                + "\",\"log_type\":\"platform.runtimeDone\",\"status\":\"success\","
                + "\"message\":\"END RequestID: "
                + ID
                + "\"}\n");
  }

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
  void sameBatchAgainGivesTheSameBytesEvenOutOfOrder() throws Exception {
    NdjsonEncoder encoder = enriched();
    var batch = batch("b", report(), end(), start());

    String first = encode(encoder, batch);

    assertThat(encode(encoder, batch))
        .isEqualTo(first)
        .contains("\"faas.post_runtime_duration_ms\":0.5,");
  }

  @Test
  void identityLearnedBetweenAttemptsWaitsForTheNextBatch() throws Exception {
    AtomicReference<FunctionIdentity> identity =
        new AtomicReference<>(new FunctionIdentity("hello", "1", "eu-west-1", 128, null, null));
    var context = FormatFixture.context(Map.of(), new ByteArrayOutputStream());
    NdjsonEncoder encoder =
        new EnrichedLines(identity::get, FunctionLookup.of(context, () -> 0), true);
    String first = encode(encoder, batch("b", line("x")));

    identity.set(FormatFixture.HELLO);

    assertThat(first).startsWith("{\"cloud\":{\"resource_id\":\"\",\"account_id\":\"\",");
    assertThat(encode(encoder, batch("b", line("x")))).isEqualTo(first);
    assertThat(encode(encoder, batch("c", line("x")))).startsWith(CLOUD);
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

  @ParameterizedTest
  @ValueSource(strings = {"platform.initStart", "platform.logsDropped", "extension", "unheard.of"})
  void otherTypesAreSentUnchanged(String type) throws Exception {
    assertThat(encode(enriched(), batch("b", platform(type, TIME, "{\"a\":1}"))))
        .endsWith("\"log_type\":\"" + type + "\",\"message\":\"{\\\"a\\\":1}\"}\n");
  }

  @Test
  void eachRecordIsOneLine() throws Exception {
    String body =
        encode(enriched(), batch("b", line("one\ntwo"), start(), line("three"), end(), report()));

    assertThat(body.lines())
        .hasSize(5)
        .allMatch(l -> l.startsWith("{\"cloud\"") && l.endsWith("}"));
    assertThat(body).endsWith("}\n");
  }

  @Test
  void linesOfManyInvocationsMayAlternate() throws Exception {
    List<LogRecord> records = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] text = Integer.toString(i % 50).getBytes(UTF_8);
      records.add(LogRecord.text(TIME, "function", "r" + i % 50, text));
    }

    String body = encode(enriched(), batch("b", records.toArray(LogRecord[]::new)));

    assertThat(body.lines())
        .hasSize(200)
        .allMatch(l -> {
          String id = l.substring(CLOUD.length() + 2, l.indexOf("\"},", CLOUD.length()));
          return l.endsWith("\"message\":\"" + id + "\"}");
        });
  }

  @Test
  void statedOverheadIsNotMoreThanTheRealOneNorMuchLess() throws Exception {
    int real = encode(enriched(), batch("b", line(""))).length();

    assertThat(enriched().lineOverheadBytes()).isBetween(real / 2, real);
  }

  private static LogRecord start() {
    return platform("platform.start", START, "{\"requestId\":\"" + ID + "\"}");
  }

  private static LogRecord end() {
    return platform(
        "platform.runtimeDone", END, "{\"requestId\":\"" + ID + "\",\"status\":\"success\"}");
  }

  private static LogRecord report() {
    return platform("platform.report", END, REPORT);
  }

  @Test
  void aWrappedLineIsThePlainLineWithItsLevel() throws Exception {
    assertThat(encode(enriched(), batch("b", FormatFixture.wrapped("INFO", "two\\nlines"))))
        .isEqualTo(
            CLOUD
                + """
                "459921b5-681c-4a96-beb0-81e0aa586026"},"timestamp":"2026-11-21T10:15:30.123Z",\
                "log_type":"function","level":"INFO","message":"two\\nlines"}
                """);
  }

  @Test
  void aWrappedLineMayBeKeptAsItCame() throws Exception {
    var context =
        FormatFixture.context(Map.of("PUSHER_UNWRAP_JSON", "false"), new ByteArrayOutputStream());
    assertThat(
            encode(NdjsonEncoder.enriched(context), batch("b", FormatFixture.wrapped("INFO", "x"))))
        .contains("\"message\":\"{\\\"timestamp\\\":")
        .doesNotContain("\"level\":\"INFO\"");
  }

  @Test
  void theTenantIsAFieldOfTheFunction() throws Exception {
    LogRecord acme = line("x").withTenantId("acme");
    LogRecord start =
        platform("platform.start", TIME, "{\"requestId\":\"" + ID + "\"}").withTenantId("acme");
    assertThat(encode(enriched(), batch("b", acme, start, line("y"), acme)).lines())
        .satisfiesExactly(
            first -> assertThat(first).contains(ID + "\",\"tenant_id\":\"acme\"}"),
            second -> assertThat(second).contains(ID + "\",\"tenant_id\":\"acme\",\"step\":"),
            third -> assertThat(third).contains(ID + "\"}"),
            fourth -> assertThat(fourth).contains(ID + "\",\"tenant_id\":\"acme\"}"));
  }

  @Test
  void fieldsFollowTheLineAndOverwriteNothing() throws Exception {
    Map<String, String> fields = Map.of("faas", "mine", "user.id", "42");
    LogRecord start =
        platform("platform.start", TIME, "{\"requestId\":\"" + ID + "\"}").withFields(fields);
    assertThat(encode(enriched(), batch("b", line("x").withFields(fields), start)).lines())
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(line).endsWith("\",\"user.id\":\"42\"}").doesNotContain("mine"));
  }
}
