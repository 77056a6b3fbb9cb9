package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One record of each kind that the runtimes' clients and common libraries log. `ID` is the
/// invocation's request id.
class RuntimeLinesTest {
  private static final String ID = "459921b5-681c-4a96-beb0-81e0aa586026";
  private static final String OTHER = "8286a188-ba32-4475-8077-530cd35c09a9";

  static Arguments[] lines() {
    return new Arguments[] {
      json(
          "Python, a dict as message",
          "{'timestamp':'2026-11-28T00:59:43Z','level':'INFO','message':{'a':1},'logger':'root',"
              + "'requestId':'ID'}"),
      json(
          "Python, an uncaught error of an older client",
          "{'timestamp':'2026-11-28T00:59:43Z','log_level':'ERROR','errorMessage':'boom',"
              + "'errorType':'ValueError','requestId':'ID','location':[],"
              + "'stackTrace':['  File x, line 1\\n    y\\n']}"),
      json(
          "Python, an uncaught error",
          "{'timestamp':'2026-11-28T00:59:43Z','level':'ERROR','errorMessage':'boom',"
              + "'errorType':'ValueError','requestId':'ID','stackTrace':[]}"),
      json(
          "Node, an object as message",
          "{'timestamp':'2026-11-28T01:01:59.007Z','level':'WARN','requestId':'ID','message':{}}"),
      json(
          "Node, a number as message",
          "{'timestamp':'2026-11-28T01:01:59.007Z','level':'INFO','requestId':'ID','message':42}"),
      json(
          "Java, without a level",
          "{'timestamp':'2026-11-28T01:02:36.077Z','message':'hi','level':'UNDEFINED',"
              + "'AWSRequestId':'ID'}\n"),
      json(
          "Go, slog with an id of the application's",
          "{'timestamp':1795828440817510689,'level':'WARN','message':'hi','requestId':'mine',"
              + "'requestId':'ID'}"),
      json(
          "Rust",
          "{'level':'WARN','fields':{'message':'hi'},'target':'x','span':{'requestId':'ID',"
              + "'xrayTraceId':'Root=1','name':'Lambda runtime invoke'},'spans':[{'requestId':'ID',"
              + "'xrayTraceId':'Root=1','name':'Lambda runtime invoke'}]}"),
      json(
          ".NET",
          "{'timestamp':'2026-11-28T01:02:36.077Z','level':'Information','requestId':'ID',"
              + "'traceId':'Root=1','message':'hi'}"),
      json(
          "Ruby",
          "{'timestamp':'2026-11-28T01:02:36Z','level':'INFO','message':'hi','requestId':'ID'}"),
      json(
          "Powertools",
          "{'level':'WARN','message':'hi','timestamp':'2026-11-28T01:13:13.025Z','service':'shop',"
              + "'cold_start':false,'function_request_id':'ID','xray_trace_id':'1-0-0'}"),
      json(
          "Log4j, JsonLayout",
          "{'instant':{'epochSecond':1795828462},'level':'WARN','message':'hi',"
              + "'contextMap':{'AWSRequestId':'ID','k':'1'},'endOfBatch':false}"),
      json(
          "Log4j, GelfLayout",
          "{'version':'1.1','host':'host','short_message':'hi','level':4,'_AWSRequestId':'ID'}"),
      text("Node, lines separated by CR", "2026-11-28T01:01:59.007Z\tID\tINFO\tone\rtwo\n"),
      text("Python", "[WARNING]\t2026-11-28T00:59:43.123Z\tID\thi\n"),
      text("Go", "timestamp=2026-11-28T01:05:07.588Z level=INFO message=hi requestId=ID\n"),
      text("Rust", " INFO Lambda runtime invoke{requestId=\"ID\" xrayTraceId=\"Root=1\"}: hi\n")
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void aLineKeepsItsContentAndHasItsInvocation(String kind, String value, String text) {
    for (boolean concurrent : new boolean[] {true, false}) {
      LogRecord record = parse(value, concurrent);
      assertThat(record.text()).as(kind).isEqualTo(text);
      assertThat(record.isJson()).isEqualTo(value.startsWith("{"));
      assertThat(record.requestId()).contains(ID);
      assertThat(record.unwrapped()).isSameAs(record);
    }
  }

  static Arguments[] linesWithoutAnInvocation() {
    return new Arguments[] {
      json(
          "Node, init",
          "{'timestamp':'2026-11-28T01:01:59.007Z','level':'INFO','requestId':'-','message':'hi'}"),
      json(
          "Python, init",
          "{'timestamp':'2026-11-28T00:59:43Z','level':'INFO','message':'hi','logger':'root',"
              + "'requestId':''}"),
      text("Node, before the first invocation", "2026-11-28T01:01:59.007Z\tundefined\tINFO\thi\n"),
      text("Python, init", "[WARNING]\t2026-11-28T00:59:43.123Z\t\thi\n"),
      text("Java", "[WARN] hi"),
      text("a print", "hi\n"),
      text("Python, the last line of a traceback", "ValueError: boom")
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("linesWithoutAnInvocation")
  void aLineWithoutAnIdHasNoneWhereSeveralInvocationsRun(String kind, String value, String text) {
    LogRecord record = parse(value, true);
    assertThat(record.text()).as(kind).isEqualTo(text);
    assertThat(record.requestId()).isEmpty();
  }

  private static LogRecord parse(String value, boolean concurrent) {
    EventParser parser = new EventParser(Set.of("function"), concurrent);
    byte[] body =
        ("["
                + start(OTHER)
                + ","
                + start(ID)
                + ",{\"time\":\"2026-11-28T01:13:13.025Z\",\"type\":\"function\",\"record\":"
                + value
                + "}]")
            .getBytes(UTF_8);
    return Parsed.of(parser, body, body.length).records().getFirst();
  }

  private static String start(String requestId) {
    return "{\"type\":\"platform.start\",\"record\":{\"requestId\":\"" + requestId + "\"}}";
  }

  /// An object, which stays as it is.
  private static Arguments json(String kind, String withSingleQuotes) {
    String json = named(withSingleQuotes.strip().replace('\'', '"').replace("\n", "\\n"));
    return Arguments.of(kind, json, json);
  }

  /// A text, which is delivered as a JSON string.
  private static Arguments text(String kind, String line) {
    String text = named(line);
    String escaped =
        text.replace("\"", "\\\"").replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n");
    return Arguments.of(kind, "\"" + escaped + "\"", text);
  }

  /// Only the placeholder, not the end of a name such as `AWSRequestId`.
  private static String named(String line) {
    return line.replaceAll("\\bID\\b", ID);
  }
}
