package com.example.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogsRequestTest {
  private static final String TIME = "2026-11-21T10:15:30.123Z";
  private static final FunctionIdentity FUNCTION =
      new FunctionIdentity("hello", "7", "eu-west-1", 128, "123456789012", "arn:hello");

  @Test
  void requestNamesTheFunctionAndTheInvocation() throws IOException {
    LogRecord line = LogRecord.text(TIME, "function", "r-1", "it works".getBytes(UTF_8));

    assertThat(request(line, FUNCTION))
        .isEqualTo(
            """
            {"resourceLogs":[{"resource":{"attributes":[\
            {"key":"service.name","value":{"stringValue":"shop"}},\
            {"key":"cloud.provider","value":{"stringValue":"aws"}},\
            {"key":"cloud.platform","value":{"stringValue":"aws_lambda"}},\
            {"key":"cloud.region","value":{"stringValue":"eu-west-1"}},\
            {"key":"faas.name","value":{"stringValue":"hello"}},\
            {"key":"faas.version","value":{"stringValue":"7"}},\
            {"key":"cloud.account.id","value":{"stringValue":"123456789012"}},\
            {"key":"cloud.resource_id","value":{"stringValue":"arn:hello"}}]},\
            "scopeLogs":[{"scope":{"name":"log-shipper"},"logRecords":[\
            {"timeUnixNano":"1795256130123000000","body":{"stringValue":"it works"},"attributes":[\
            {"key":"log.record.uid","value":{"stringValue":"b-1-0"}},\
            {"key":"type","value":{"stringValue":"function"}},\
            {"key":"faas.invocation_id","value":{"stringValue":"r-1"}}]}]}]}]}\
            """);
  }

  @Test
  void unknownValuesAreOmitted() throws IOException {
    FunctionIdentity early = new FunctionIdentity("hello", "7", "eu-west-1", 128, null, null);
    LogRecord line = LogRecord.text(TIME, "function", null, "it works".getBytes(UTF_8));

    assertThat(request(line, early)).doesNotContain("account", "resource_id", "invocation_id");
  }

  @Test
  void aPlainLineThatThePlatformWrappedIsThatLine() throws IOException {
    String json =
        "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"level\":\"WARN\",\"message\":\"m\"}";

    assertThat(request(LogRecord.json(TIME, "function", null, json.getBytes(UTF_8)), FUNCTION))
        .contains("\"severityNumber\":13,\"severityText\":\"WARN\"")
        .contains("\"body\":{\"stringValue\":\"m\"}");
  }

  @ParameterizedTest
  @CsvSource({"DEBUG,5", "INFO,9", "warning,13", "ERROR,17", "CRITICAL,21"})
  void levelOfALineInJsonIsItsSeverity(String level, int number) throws IOException {
    String json = "{\"message\":\"m\",\"level\":\"" + level + "\"}";

    assertThat(request(LogRecord.json(TIME, "function", null, json.getBytes(UTF_8)), FUNCTION))
        .contains("\"severityNumber\":" + number + ",\"severityText\":\"" + level + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"{\"level\":30}", "[\"level\"]", "{\"level\":\"loud\"}"})
  void unknownLevelIsNoSeverity(String json) throws IOException {
    assertThat(request(LogRecord.json(TIME, "function", null, json.getBytes(UTF_8)), FUNCTION))
        .doesNotContain("severity");
  }

  private static String request(LogRecord record, FunctionIdentity function) throws IOException {
    Batch batch = new Batch("b-1", List.of(record));
    return new String(new LogsRequest("shop").of(batch, function), UTF_8);
  }
}
