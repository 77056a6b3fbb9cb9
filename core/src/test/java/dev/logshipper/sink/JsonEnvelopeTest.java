package dev.logshipper.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEnvelopeTest {
  private static final String TIME = "2026-11-28T01:13:13.025Z";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'timestamp':'t','level':'INFO','message':'hi'} | INFO | hi",
        "{'message':'hi','level':'ERROR','timestamp':'t'} | ERROR | hi",
        " { 'level' : 'INFO', 'message' : 'hi' , 'timestamp' : 't' } | INFO | hi",
        "{'timestamp':'t','level':'','message':'hi'} | none | hi",
        "{'timestamp':'t','level':'INFO','message':''} | INFO | ``",
        "{'timestamp':'t','level':'INFO','message':'{\\u0022a\\u0022:1}'} | INFO | {'a':1}",
        "{'timestamp':'t','level':'INFO','message':'\\u00fc\\tx'} | INFO | `\u00fc\tx`"
      })
  void anEnvelopeIsThePlainLineAgain(String json, String level, String message) {
    LogRecord record = function(json);
    LogRecord line = record.unwrapped();
    assertThat(line.isJson()).isFalse();
    assertThat(line.text()).isEqualTo(quoted(message));
    assertThat(line.level().orElse("none")).isEqualTo(level);
    assertThat(line.requestId()).contains("r-1");
    assertThat(line.tenantId()).contains("acme");
    assertThat(line.time()).isEqualTo(TIME);
    assertThat(line.type()).isEqualTo("function");
    assertThat(line.unwrapped()).isSameAs(line);
    assertThat(record.isJson()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "7",
        "{'timestamp':'t','level':'INFO'}",
        "{'level':'INFO','message':'hi'}",
        "{'timestamp':'t','message':'hi'}",
        "{'timestamp':'t','level':'INFO','message':'hi','requestId':'r-1'}",
        "{'timestamp':'t','level':'INFO','requestId':'r-1','message':'hi'}",
        "{'timestamp':'t','level':'INFO','message':{'a':1}}",
        "{'timestamp':'t','level':'INFO','message':42}",
        "{'timestamp':'t','level':'INFO','message':null}",
        "{'timestamp':'t','level':'INFO','message':['hi']}",
        "{'timestamp':1,'level':'INFO','message':'hi'}",
        "{'timestamp':'t','level':30,'message':'hi'}",
        "{'timestamp':'t','level':'INFO','message':'hi','message':'hi'}",
        "{'timestamp':'t','level':'INFO','level':'WARN','message':'hi'}",
        "{'timestamp':'t','level':'INFO','message':1,'message':'hi'}",
        "{'Timestamp':'t','level':'INFO','message':'hi'}",
        "{'time':'t','level':'INFO','msg':'hi'}"
      })
  void anyOtherValueStaysAsItIs(String json) {
    LogRecord record = function(json);
    assertThat(record.unwrapped()).isSameAs(record);
    assertThat(record.level()).isEmpty();
  }

  @Test
  void aRecordOfThePlatformOrOfTextStaysAsItIs() {
    byte[] json = bytes("{'timestamp':'t','level':'INFO','message':'hi'}");
    LogRecord platform = LogRecord.json(TIME, "platform.report", null, json);
    LogRecord text = LogRecord.text(TIME, "function", null, json);
    assertThat(platform.unwrapped()).isSameAs(platform);
    assertThat(text.unwrapped()).isSameAs(text);
  }

  @Test
  void otherTextKeepsTheLevelAndTheInvocation() {
    LogRecord part =
        function("{'timestamp':'t','level':'WARN','message':'long'}")
            .unwrapped()
            .withText(bytes("lo"));
    assertThat(part.text()).isEqualTo("lo");
    assertThat(part.level()).contains("WARN");
    assertThat(part.requestId()).contains("r-1");
    assertThat(part.tenantId()).contains("acme");
  }

  private static LogRecord function(String json) {
    return LogRecord.json(TIME, "function", "r-1", bytes(json)).withTenantId("acme");
  }

  private static byte[] bytes(String withSingleQuotes) {
    return quoted(withSingleQuotes).getBytes(UTF_8);
  }

  private static String quoted(String withSingleQuotes) {
    return withSingleQuotes.replace('\'', '"');
  }
}
