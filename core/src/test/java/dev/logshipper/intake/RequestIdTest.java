package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.intake.Delivery.Report.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
  private final EventParser parser = new EventParser(Set.of("function", "platform", "extension"));

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
        "requestId",
        "AWSRequestId",
        "awsRequestId",
        "aws_request_id",
        "function_request_id"
      })
  void aJsonLineNamesItsInvocationAsItsRuntimeDoes(String name) {
    assertThat(
            idsOf(start("r-1"), event("function", "{\"level\":\"INFO\",\"" + name + "\":\"r-0\"}")))
        .containsExactly("r-1", "r-0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"requestId\":null}",
        "{\"requestId\":7}",
        "{\"context\":{\"requestId\":\"r-0\"}}",
        "{\"message\":\"requestId\"}",
        "{\"requestid\":\"r-0\"}",
        "[\"requestId\",\"r-0\"]"
      })
  void aJsonLineWithoutAnIdAtItsTopBelongsToTheInvocationStartedLast(String record) {
    assertThat(idsOf(start("r-1"), event("function", record))).containsExactly("r-1", "r-1");
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
    Parsed delivery = parse(start("r-1"), done("r-1"), start("r-2"), done("r-2"), done("r-3"));
    assertThat(delivery.startedRequestIds()).containsExactly("r-1", "r-2");
    assertThat(delivery.completedRequestIds()).containsExactly("r-1", "r-2", "r-3");
  }

  @Test
  void theReportsOfARetryWithTheSameIdAreKeptInOrder() {
    Parsed delivery = parse(done("r-1"), start("r-1"), done("r-1"));
    assertThat(delivery.delivery().reports())
        .extracting(Delivery.Report::kind)
        .containsExactly(Kind.COMPLETED, Kind.STARTED, Kind.COMPLETED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "\"text\"", "null", "{\"requestId\":3}"})
  void anEndThatNamesNoInvocationEndsNone(String record) {
    Parsed delivery = parse(start("r-1"), event("platform.runtimeDone", record));
    assertThat(delivery.completedRequestIds()).isEmpty();
    assertThat(delivery.malformed()).isZero();
  }

  private List<String> idsOf(String... events) {
    List<String> ids = new ArrayList<>();
    parse(events).records().forEach(record -> ids.add(record.requestId().orElse("none")));
    return ids;
  }

  private Parsed parse(String... events) {
    byte[] body = ("[" + String.join(",", events) + "]").getBytes(UTF_8);
    return Parsed.of(parser, body, body.length);
  }

  private static String start(String requestId) {
    return event("platform.start", "{\"requestId\":\"" + requestId + "\"}");
  }

  private static String done(String requestId) {
    return event("platform.runtimeDone", "{\"requestId\":\"" + requestId + "\"}");
  }

  private static String event(String type, String record) {
    return "{\"type\":\"" + type + "\",\"record\":" + record + "}";
  }
}
