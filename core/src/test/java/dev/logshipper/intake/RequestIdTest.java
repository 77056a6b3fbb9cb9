package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.intake.Delivery.Report.Kind;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
  private static final Set<String> ALL = Set.of("function", "platform", "extension");

  private final EventParser parser = new EventParser(ALL, false);
  private final EventParser concurrent = new EventParser(ALL, true);

  @Test
  void aLineBelongsToTheInvocationStartedLast() {
    assertThat(
            idsOf(
                event("function", "\"before any\""),
                start("r-1"),
                event("function", "\"text\""),
                event("extension", "\"text\""),
                start("r-2"),
                event("function", "{\"message\":\"json\"}")))
        .containsExactly("none", "r-1", "r-1", "r-1", "r-2", "r-2");
  }

  @Test
  void theInvocationOfOneDeliveryAppliesToTheNext() {
    idsOf(start("r-1"));
    assertThat(idsOf(event("function", "\"text\""))).containsExactly("r-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'requestId':'r-1','level':'INFO'}",
        "{'AWSRequestId':'r-1'}",
        "{'awsRequestId':'r-1'}",
        "{'aws_request_id':'r-1'}",
        "{'request_id':'r-1'}",
        "{'function_request_id':'r-1'}",
        "{'lambdaRequestId':'r-1'}",
        "{'_AWSRequestId':'r-1'}",
        "{'faas.invocation_id':'r-1'}",
        "{'requestId':'order-17','requestId':'r-1'}",
        "{'requestId':'r-2','requestId':'r-1'}",
        "{'requestId':'apigw-1','awsRequestId':'r-1'}",
        "{'fields':{'message':'hi'},'span':{'requestId':'r-1','name':'invoke'},'spans':[]}",
        "{'span':{'name':'own'},'spans':[{'requestId':'r-1','name':'invoke'},{'name':'own'}]}",
        "{'message':'hi','contextMap':{'AWSRequestId':'r-1','k':'1'}}",
        "{'text':'hi','record':{'extra':{'requestId':'r-1'}}}",
        "{'span':{'requestId':'r-2'},'requestId':'r-1'}",
        "{'requestId':'r-1','context':{'requestId':'r-2'}}",
        "{'message':'2026-11-28T01:13:13.025Z\\tr-1\\tERROR\\tInvoke Error \\t{}','level':'ERROR'}",
        "'2026-11-28T01:13:13.025Z\\tr-1\\tINFO\\thi\\rthere'",
        "'2026-11-28T01:13:13.025Z r-1 Task timed out after 3.00 seconds'",
        "'2026-11-28 01:13:13 r-1 INFO  Hello:32 - hi'",
        "'[WARNING]\\t2026-11-28T01:13:13.025Z\\tr-1\\thi\\n'",
        "'[Level 25]\\t2026-11-28T01:13:13.025Z\\tr-1\\thi\\n'",
        "'START RequestId: r-1 Version: $LATEST\\n'",
        "'END RequestId: r-1\\n'",
        "'REPORT RequestId: r-1\\tDuration: 1 ms'",
        "'RequestId: r-1 Error: Runtime exited'",
        "'timestamp=2026-11-28T01:05:07.588Z level=INFO message=hi requestId=r-1'",
        "' INFO Lambda runtime invoke{requestId=\\\"r-1\\\" xrayTraceId=\\\"Root=1\\\"}: hi'"
      })
  void aLineNamesItsInvocationWhereSeveralRun(String record) {
    assertThat(idsOf(concurrent, start("r-1"), start("r-2"), event("function", json(record))))
        .containsExactly("r-1", "r-2", "r-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'print'",
        "''",
        "'['",
        "'[WARN] hi r-1'",
        "'2026-11-28T01:13:13.025Z\\t\\tINFO\\tr-1'",
        "'2026-11-28T01:13:13.025Z\\t-\\tINFO\\tr-1'",
        "'2026-11-28T01:13:13.025Z\\tundefined\\tINFO\\thi'",
        "'START RequestId: '",
        "'level=INFO requestId='",
        "'calls r-1 requestId=r-1'",
        "{'timestamp':'t','level':'INFO','message':'print'}",
        "{'requestId':'order-17'}",
        "{'requestId':'-'}",
        "{'requestId':'undefined'}",
        "{'requestId':''}",
        "{'requestId':null}",
        "{'requestId':7}",
        "{'message':'requestId','parentRequestId':'r-1'}",
        "{'event':{'requestContext':{'requestId':'r-1'}}}",
        "{'spans':[[{'requestId':'r-1'}],null,7]}",
        "['requestId','r-1']",
        "[]",
        "{}",
        "7"
      })
  void aLineWithoutAnAnnouncedIdHasNoneWhereSeveralRun(String record) {
    assertThat(idsOf(concurrent, start("r-1"), start("r-2"), event("function", json(record))))
        .containsExactly("r-1", "r-2", "none");
    assertThat(idsOf(start("r-1"), start("r-2"), event("function", json(record))))
        .containsExactly("r-1", "r-2", "r-2");
  }

  @Test
  void anIdCountsOnlyOnceItIsAnnounced() {
    String line = event("function", "{\"requestId\":\"r-1\"}");
    assertThat(idsOf(concurrent, line, start("r-1"), line)).containsExactly("none", "r-1", "r-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"extension", "some.other"})
  void eventsThatAreNotTheFunctionsHaveNoIdWhereSeveralRun(String type) {
    assertThat(idsOf(concurrent, start("r-1"), event(type, "\"text\"")))
        .containsExactly("r-1", "none");
  }

  @Test
  void aLateLineBelongsToTheEarlierInvocationThatItNames() {
    String late = "{\"requestId\":\"r-1\"}";
    String text = "\"2026-11-28T01:13:13.025Z\\tr-1\\tINFO\\tlate\"";
    assertThat(idsOf(start("r-1"), start("r-2"), event("function", late), event("function", text)))
        .containsExactly("r-1", "r-2", "r-1", "r-1");
  }

  @Test
  void theLeastRecentlyUsedIdsAreForgotten() {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 2_048; i++) {
      events.add(start("r-" + i));
    }
    events.add(event("function", "{\"requestId\":\"r-0\"}"));
    events.add(start("other"));
    events.add(event("function", "{\"requestId\":\"r-0\"}"));
    events.add(event("function", "{\"requestId\":\"r-1\"}"));
    assertThat(idsOf(concurrent, events.toArray(String[]::new)))
        .endsWith("r-0", "other", "r-0", "none");
  }

  @Test
  void allLinesOfAnInvocationShareOneId() {
    List<LogRecord> records =
        parse(
                concurrent,
                start("r-1"),
                event("function", "{\"requestId\":\"r-1\"}"),
                event("platform.report", "{\"requestId\":\"r-1\"}"))
            .records();
    String id = records.getFirst().requestId().orElseThrow();
    assertThat(records)
        .allSatisfy(record -> assertThat(record.requestId().orElseThrow()).isSameAs(id));
  }

  @Test
  void aPlatformEventBelongsToTheInvocationItNames() {
    assertThat(
            idsOf(
                start("r-2"),
                event("platform.report", "{\"requestId\":\"r-1\"}"),
                event("platform.extension", "{\"name\":\"x\"}")))
        .containsExactly("r-2", "r-1", "none");
  }

  @Test
  void aStartWithoutAnIdForgetsTheKnownInvocation() {
    assertThat(idsOf(start("r-1"), event("platform.start", "{}"), event("function", "\"text\"")))
        .containsExactly("r-1", "none", "none");
  }

  @Test
  void startsAndEndsAreReportedInOrder() {
    Parsed delivery =
        parse(parser, start("r-1"), done("r-1"), start("r-2"), done("r-2"), done("r-3"));
    assertThat(delivery.startedRequestIds()).containsExactly("r-1", "r-2");
    assertThat(delivery.completedRequestIds()).containsExactly("r-1", "r-2", "r-3");
  }

  @Test
  void theReportsOfARetryWithTheSameIdAreKeptInOrder() {
    Parsed delivery = parse(parser, done("r-1"), start("r-1"), done("r-1"));
    assertThat(delivery.delivery().reports())
        .extracting(Delivery.Report::kind)
        .containsExactly(Kind.COMPLETED, Kind.STARTED, Kind.COMPLETED);
  }

  @Test
  void aRepeatedDeliveryReportsNothingTwice() {
    String[] events = {timed("platform.start", 1), timed("platform.runtimeDone", 2)};
    assertThat(parse(parser, events).delivery().reports()).hasSize(2);
    assertThat(parse(parser, events).delivery().reports()).isEmpty();
    assertThat(parse(parser, timed("platform.start", 3)).startedRequestIds())
        .containsExactly("r-1");
    assertThat(parse(parser, timed("platform.runtimeDone", 4)).completedRequestIds())
        .containsExactly("r-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "\"text\"", "null", "{\"requestId\":3}"})
  void anEndThatNamesNoInvocationEndsNone(String record) {
    Parsed delivery = parse(parser, start("r-1"), event("platform.runtimeDone", record));
    assertThat(delivery.completedRequestIds()).isEmpty();
    assertThat(delivery.malformed()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'requestId':'r-1','tenantId':'acme'} | acme",
        "{'requestId':'r-1'} | none",
        "{'requestId':'r-1','tenantId':''} | none",
        "{'requestId':'r-1','tenantId':null} | none",
        "{'requestId':'r-1','tenantId':{}} | none"
      })
  void theTenantOfAnInvocationAppliesToItsLines(String start, String tenant) {
    List<String> tenants = new ArrayList<>();
    for (LogRecord record :
        parse(
                parser,
                event("function", "\"init\""),
                event("platform.start", json(start)),
                event("function", "\"text\""),
                event("function", "{\"requestId\":\"r-1\"}"),
                event("platform.report", "{\"requestId\":\"r-1\"}"),
                start("r-2"),
                event("function", "\"text\""))
            .records()) {
      tenants.add(record.tenantId().orElse("none"));
    }
    assertThat(tenants).containsExactly("none", tenant, tenant, tenant, tenant, "none", "none");
  }

  private List<String> idsOf(String... events) {
    return idsOf(parser, events);
  }

  private static List<String> idsOf(EventParser parser, String... events) {
    List<String> ids = new ArrayList<>();
    parse(parser, events).records().forEach(record -> ids.add(record.requestId().orElse("none")));
    return ids;
  }

  private static Parsed parse(EventParser parser, String... events) {
    byte[] body = ("[" + String.join(",", events) + "]").getBytes(UTF_8);
    return Parsed.of(parser, body, body.length);
  }

  private static String start(String requestId) {
    return event("platform.start", "{\"requestId\":\"" + requestId + "\"}");
  }

  private static String done(String requestId) {
    return event("platform.runtimeDone", "{\"requestId\":\"" + requestId + "\"}");
  }

  private static String timed(String type, int second) {
    return "{\"time\":\"2026-11-28T00:00:0"
        + second
        + ".000Z\",\"type\":\""
        + type
        + "\",\"record\":{\"requestId\":\"r-1\"}}";
  }

  private static String event(String type, String record) {
    return "{\"type\":\"" + type + "\",\"record\":" + record + "}";
  }

  private static String json(String withSingleQuotes) {
    return withSingleQuotes.replace('\'', '"');
  }
}
