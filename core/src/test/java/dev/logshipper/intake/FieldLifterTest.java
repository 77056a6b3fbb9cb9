package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.logshipper.sink.LogRecord;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldLifterTest {
  @Test
  void scalarMembersOfJsonAreLifted() {
    assertThat(
            lift(
                "traceId,user.id,ok,total,customer=account.name",
                "{'traceId':'t-\\u0031','user':{'name':'x','id':42},'ok':true,'total':1.50,"
                    + "'account':{'name':'acme \\\"co\\\"'}}"))
        .containsExactly(
            entry("traceId", "t-1"),
            entry("user.id", "42"),
            entry("ok", "true"),
            entry("total", "1.50"),
            entry("customer", "acme \"co\""));
  }

  @Test
  void otherValuesAreNotLifted() {
    assertThat(
            lift(
                "a,b,c,d,e,f.g",
                "{'a':{'x':1},'b':[1],'c':null,'d':'','e':'"
                    + "x".repeat(257)
                    + "','f':{'g':{'h':1}}}"))
        .isEmpty();
  }

  @Test
  void aMemberWithADotTakesPrecedenceOverANestedOne() {
    assertThat(lift("user.id", "{'user.id':'a','user':{'id':'b'}}"))
        .containsExactly(entry("user.id", "a"));
    assertThat(lift("user.id", "{'user':{'id':'b'},'user.id':'a'}"))
        .containsExactly(entry("user.id", "a"));
  }

  @Test
  void theLastOfSeveralMembersCounts() {
    assertThat(lift("id", "{'id':'a','id':'b'}")).containsExactly(entry("id", "b"));
  }

  @Test
  void factsOfARecordAreLiftedFromTextAsWell() {
    LogRecord line =
        LogRecord.text("", "function", "r-1", "[WARNING] hi".getBytes(UTF_8)).withTenantId("acme");

    assertThat(lifter("level,tenantId,requestId,traceId,severity=level").lift(line).fields())
        .containsExactly(
            entry("level", "WARN"),
            entry("tenantId", "acme"),
            entry("requestId", "r-1"),
            entry("severity", "WARN"));
  }

  @Test
  void theTenantOfTheInvocationTakesPrecedence() {
    LogRecord line = json("{'tenantId':'other','requestId':'order-17'}");

    assertThat(lifter("tenantId,requestId").lift(line.withTenantId("acme")).fields())
        .containsExactly(entry("tenantId", "acme"));
    assertThat(lifter("tenantId").lift(line).fields()).containsExactly(entry("tenantId", "other"));
  }

  @Test
  void textThatIsJsonIsReadAsJson() {
    LogRecord line =
        LogRecord.text("", "function", null, "{\"traceId\":\"t\",\"x\":[]}\n".getBytes(UTF_8));
    LogRecord cut =
        LogRecord.text("", "function", null, "{\"traceId\":\"t\",\"x\":".getBytes(UTF_8));

    assertThat(lifter("traceId").lift(line).fields()).containsExactly(entry("traceId", "t"));
    assertThat(lifter("traceId").lift(cut)).isSameAs(cut);
  }

  @Test
  void aLineWithoutFieldsStaysAsItIs() {
    LogRecord line = LogRecord.text("", "function", null, "hi".getBytes(UTF_8));

    assertThat(lifter("level,traceId").lift(line)).isSameAs(line);
  }

  @Test
  void fieldsSurviveChangesOfARecord() {
    LogRecord line = lifter("a").lift(json("{'a':'b'}"));

    assertThat(line.withText("x".getBytes(UTF_8)).withTenantId("t").fields())
        .containsExactly(entry("a", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "a,",
        "a,a",
        "a b",
        "a=",
        "=a",
        "\"a\"",
        "x=a,x=b",
        "a1,a2,a3,a4,a5,a6,a7,a8,a9,a10,a11,a12,a13,a14,a15,a16,a17"
      })
  void wrongListsAreRejected(String text) {
    assertThat(LiftedField.parse(text)).isNull();
  }

  @Test
  void aListReadsAsItIsWritten() {
    assertThat(
            LiftedField.write(
                requireNonNull(LiftedField.parse(" level , customer=account.id , a=a "))))
        .isEqualTo("level,customer=account.id,a");
  }

  private static Map<String, String> lift(String fields, String json) {
    return lifter(fields).lift(json(json)).fields();
  }

  private static FieldLifter lifter(String fields) {
    return new FieldLifter(requireNonNull(LiftedField.parse(fields)));
  }

  private static LogRecord json(String json) {
    return LogRecord.json("", "function", null, json.replace('\'', '"').getBytes(UTF_8));
  }
}
