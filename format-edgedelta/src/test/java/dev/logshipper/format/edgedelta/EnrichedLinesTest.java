package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.EnrichedReportTest.END;
import static dev.logshipper.format.edgedelta.EnrichedReportTest.START;
import static dev.logshipper.format.edgedelta.EnrichedReportTest.end;
import static dev.logshipper.format.edgedelta.EnrichedReportTest.report;
import static dev.logshipper.format.edgedelta.EnrichedReportTest.start;
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
