package dev.logshipper.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.FilterReason;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneControl;
import dev.logshipper.pipeline.RecordFilter;
import dev.logshipper.select.MinLevel;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Severity;
import dev.logshipper.testkit.CapturedOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions and redaction, as variables state them.
class LaneRulesTest {
  private static final AvailableSinks SINKS =
      new AvailableSinks(List.of(FakeProvider.of("alpha"), FakeProvider.of("beta")), List.of());

  @Test
  void withoutVariablesThereIsNoControl() {
    assertThat(lane(of(Map.of()), 0).control()).isSameAs(LaneControl.NONE);
  }

  @Test
  void expressionsSelectRecords() {
    LaneControl control =
        lane(of(Map.of("PUSHER_INCLUDE", "order", "PUSHER_EXCLUDE", "health.*ok")), 0).control();
    List<RecordFilter> filters = control.filters();
    assertThat(filters)
        .extracting(RecordFilter::reason)
        .containsExactly(FilterReason.INCLUDE, FilterReason.EXCLUDE);
    assertThat(filters).allMatch(filter -> filter.passes(text("an order")));
    assertThat(filters.getFirst().passes(text("other"))).isFalse();
    assertThat(filters.getLast().passes(text("order: health is ok"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"WARNING, WARN", "Critical, FATAL", "err, ERROR", "notice, INFO", "fatal, FATAL"})
  void aLevelMayHaveAnyUsualName(String name, Severity level) {
    Configuration configuration = of(Map.of("PUSHER_BETA_MIN_LEVEL", name));
    assertThat(configuration.problemLine()).isEmpty();
    assertThat(lane(configuration, 0).control()).isSameAs(LaneControl.NONE);
    assertThat(lane(configuration, 1).control().filters()).containsExactly(new MinLevel(level));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUSHER_MIN_LEVEL", "PUSHER_KEEP_LEVEL", "PUSHER_BETA_MIN_LEVEL"})
  void anUnknownLevelIsReportedAndIgnored(String name) {
    Configuration configuration = of(Map.of(name, "loud", "PUSHER_KEEP", "failed"));
    assertThat(configuration.problemLine().orElse(""))
        .contains(
            "1 configuration problem: "
                + name
                + "=loud: expected one of trace, debug, info, warn, error, fatal, or another name of"
                + " one, such as warning or critical; "
                + (name.endsWith("KEEP_LEVEL") ? "warn is used" : "it is ignored"));
    assertThat(lane(configuration, 1).control().filters()).isEmpty();
  }

  @Test
  void redactionReplacesKindsAndOwnPatterns() {
    Map<String, String> variables =
        Map.of("PUSHER_REDACT", "Card, EMAIL", "PUSHER_REDACT_PATTERN", "EMP\\d+\n\nx-\\w+\r\n");
    assertThat(redacted(of(variables), 0, "a@b.de 10.0.0.1 EMP12 x-y"))
        .isEqualTo("[email] 10.0.0.1 [redacted] [redacted]");
  }

  @Test
  void aLaneMayRedactWhatOthersShip() {
    Configuration configuration =
        of(Map.of("PUSHER_REDACT", "email", "PUSHER_BETA_REDACT", "ssn,email"));
    assertThat(redacted(configuration, 0, "078-05-1120 a@b.de")).isEqualTo("078-05-1120 [email]");
    assertThat(redacted(configuration, 1, "078-05-1120 a@b.de")).isEqualTo("[ssn] [email]");
  }

  @Test
  void aKeyAddsHashes() {
    Configuration configuration =
        of(Map.of("PUSHER_REDACT", "email", "PUSHER_REDACT_KEY", "0123456789abcdef"));
    assertThat(redacted(configuration, 0, "a@b.de")).matches("\\[email:[0-9a-f]{16}]");
  }

  @ParameterizedTest
  @CsvSource({
    "PUSHER_REDACT, 'card,mails'",
    "PUSHER_REDACT, ','",
    "PUSHER_REDACT_PATTERN, '['",
    "PUSHER_INCLUDE, '('",
    "PUSHER_EXCLUDE, '(?=a)'",
    "PUSHER_ALPHA_EXCLUDE, 'a{2000}{2000}'",
  })
  void anUnusableFilterTurnsTheLaneOff(String name, String text) {
    Configuration configuration = of(Map.of(name, text));
    assertThat(lane(configuration, 0).opener()).isNull();
    assertThat(configuration.problemLine().orElse(""))
        .contains(name + "=" + text)
        .contains("every sink that it applies to is off");
    assertThat(lane(configuration, 1).opener() == null).isEqualTo(!name.contains("ALPHA"));
  }

  @Test
  void aKeyThatIsTooShortLeavesTheHashesOut() {
    Configuration configuration =
        of(Map.of("PUSHER_REDACT", "email", "PUSHER_REDACT_KEY", "short"));
    assertThat(redacted(configuration, 0, "a@b.de")).isEqualTo("[email]");
    assertThat(configuration.problemLine().orElse(""))
        .contains("PUSHER_REDACT_KEY=***: expected a text of at least 16 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUSHER_REDACT_KEY", "PUSHER_BETA_REDACT_KEY"})
  void aKeyThatRefersToASecretIsReadBeforeTheSinkIsOpened(String variable) {
    String arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-AbCdEf";
    Configuration configuration = of(Map.of("PUSHER_REDACT", "email", variable, arn));
    assertThat(configuration.problemLine()).isEmpty();
    assertThat(lane(configuration, 1).prerequisite()).isNotNull();
    assertThat(redacted(configuration, 1, "a@b.de")).isEqualTo("[email]");
    assertThat(lane(configuration, 0).prerequisite() == null).isEqualTo(variable.contains("BETA"));
  }

  @Test
  void aKeyThatRefersToSomethingElseLeavesTheHashesOut() {
    Configuration configuration =
        of(Map.of("PUSHER_REDACT", "email", "PUSHER_REDACT_KEY", "arn:aws:s3:::a-bucket-name"));
    assertThat(redacted(configuration, 0, "a@b.de")).isEqualTo("[email]");
    assertThat(lane(configuration, 0).prerequisite()).isNull();
    assertThat(configuration.problemLine().orElse(""))
        .contains("PUSHER_REDACT_KEY=***: expected the ARN of a secret");
  }

  @Test
  void aKeyWithoutRedactionIsReported() {
    String arn = "arn:aws:ssm:eu-west-1:123456789012:parameter/key";
    for (String key : List.of("0123456789abcdef", arn)) {
      Configuration configuration = of(Map.of("PUSHER_REDACT_KEY", key));
      assertThat(configuration.problemLine())
          .hasValue(
              "1 configuration problem: PUSHER_REDACT_KEY has no effect without PUSHER_REDACT");
      assertThat(lane(configuration, 0).prerequisite()).isNull();
    }
  }

  private static String redacted(Configuration configuration, int lane, String line) {
    LaneControl.Redaction redaction =
        requireNonNull(lane(configuration, lane).control().redaction());
    return requireNonNull(redaction.redact(text(line))).text();
  }

  private static LogRecord text(String line) {
    return LogRecord.text("", "function", null, line.getBytes(UTF_8));
  }

  private static Configuration of(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
    environment.put("PUSHER_MODE", "alpha,beta");
    environment.put("PUSHER_ALPHA_PLACE", "here");
    environment.put("PUSHER_BETA_PLACE", "there");
    return new Configuration(environment, SINKS);
  }

  private static LaneConfig lane(Configuration configuration, int index) {
    return configuration
        .lanes(
            () -> new FunctionIdentity("f", "1", "", 0, null, null),
            new CapturedOutput().diagnostics())
        .get(index);
  }
}
