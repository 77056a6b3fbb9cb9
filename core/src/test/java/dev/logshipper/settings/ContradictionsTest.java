package dev.logshipper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.FilterReason;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.testkit.CapturedOutput;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Filters that let nothing through: one line each, and they stay in force.
class ContradictionsTest {
  private static final AvailableSinks SINKS =
      new AvailableSinks(List.of(FakeProvider.of("alpha")), List.of());

  @ParameterizedTest
  @ValueSource(strings = {".*", "", "a*", "^", "$", ".", ".+", "(?s).", "^.*$", "|x", "\\S", "x?"})
  void anExpressionOfEveryLineIsReported(String exclude) {
    // An empty variable is none; an empty alternative is an expression.
    String expression = exclude.isEmpty() ? "()" : exclude;
    Configuration configuration = of(Map.of("PUSHER_EXCLUDE", "health\n" + expression));
    assertThat(configuration.problemLine())
        .hasValue(
            "1 configuration problem: PUSHER_EXCLUDE matches every line: nothing is shipped where"
                + " it applies");
    assertThat(filtered(configuration, "a line")).isEqualTo(FilterReason.EXCLUDE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e", " ", "\\w+", "^.{0,900}$", "[a-z]", "^$", "\"level\"", ".{200}"})
  void anExpressionOfSomeLinesIsNot(String exclude) {
    assertThat(of(Map.of("PUSHER_EXCLUDE", exclude)).problemLine()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      value = {
        "payment failed ~ payment",
        "payment failed ~ payment failed",
        "paid \\d+ EUR ~ paid \\d+ EUR",
        "paid \\d+ EUR ~ EUR|USD",
        "(?i)Payment ~ (?i)pay|x",
        "Payment ~ (?i)PAY",
        "error.*pay|fatal.*pay ~ err\\w+|fatal",
        "a long text of more than 24 letters ~ of more",
      })
  void anExclusionOfAllThatIsIncludedIsReported(String include, String exclude) {
    Configuration configuration =
        of(Map.of("PUSHER_INCLUDE", include, "PUSHER_ALPHA_EXCLUDE", exclude));
    assertThat(configuration.problemLine())
        .hasValue(
            "1 configuration problem: PUSHER_ALPHA_EXCLUDE matches every line that PUSHER_INCLUDE"
                + " selects: nothing is shipped where both apply");
    assertThat(filtered(configuration, "another line")).isEqualTo(FilterReason.INCLUDE);
    assertThat(filtered(configuration, "payment failed")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      value = {
        "payment ~ payment failed",
        "(?i)payment ~ payment",
        "payment failed ~ ^payment",
        "payment failed ~ \\bpayment",
        "payment|order ~ payment",
        "pay.*failed|order ~ payment|pay.*ed",
        "paid \\d+ ~ paid 1",
        "[pq]ay. ~ pay",
      })
  void anExclusionOfPartOfItIsNot(String include, String exclude) {
    assertThat(of(Map.of("PUSHER_INCLUDE", include, "PUSHER_EXCLUDE", exclude)).problemLine())
        .isEmpty();
  }

  @Test
  void oneIncludedExpressionThatMayPassIsEnough() {
    assertThat(
            of(Map.of("PUSHER_INCLUDE", "payment\norder", "PUSHER_EXCLUDE", "pay\nx"))
                .problemLine())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "error, '', PUSHER_MIN_LEVEL=error is not below PUSHER_KEEP_LEVEL=warn",
    "WARNING, '', PUSHER_MIN_LEVEL=warn is not below PUSHER_KEEP_LEVEL=warn",
    "info, debug, PUSHER_MIN_LEVEL=info is not below PUSHER_KEEP_LEVEL=debug",
    "'', trace, PUSHER_KEEP_LEVEL=trace",
  })
  void levelsThatLeaveTheRecorderNothingAreReported(String min, String keep, String start) {
    Map<String, String> variables = new HashMap<>(Map.of("PUSHER_KEEP", "failed"));
    variables.put("PUSHER_MIN_LEVEL", min);
    variables.put("PUSHER_KEEP_LEVEL", keep);
    assertThat(of(variables).problemLine())
        .hasValue(
            "1 configuration problem: "
                + start
                + ": PUSHER_KEEP=failed holds only lines without a level");
  }

  @Test
  void levelsThatLeaveItSomethingAreNot() {
    assertThat(of(Map.of("PUSHER_KEEP", "failed", "PUSHER_MIN_LEVEL", "info")).problemLine())
        .isEmpty();
    assertThat(of(Map.of("PUSHER_MIN_LEVEL", "fatal")).problemLine()).isEmpty();
  }

  @Test
  void aSampleOfNothingHidesFailedInvocations() {
    Configuration configuration = of(Map.of("PUSHER_KEEP", "failed", "PUSHER_SAMPLE_PERCENT", "0"));
    assertThat(configuration.problemLine())
        .hasValue(
            "1 configuration problem: PUSHER_SAMPLE_PERCENT=0: no record of an invocation is"
                + " shipped, failed ones included");
    assertThat(filtered(configuration, "a line")).isEqualTo(FilterReason.SAMPLE);
  }

  private static FilterReason filtered(Configuration configuration, String line) {
    LogRecord record =
        LogRecord.text("", "function", "459921b5-681c", line.getBytes(StandardCharsets.UTF_8));
    return configuration
        .lanes(
            () -> new FunctionIdentity("f", "1", "", 0, null, null),
            new CapturedOutput().diagnostics())
        .stream()
        .map(LaneConfig::control)
        .flatMap(control -> control.filters().stream())
        .filter(filter -> !filter.passes(record))
        .map(filter -> filter.reason())
        .findFirst()
        .orElseThrow();
  }

  private static Configuration of(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
    environment.put("PUSHER_MODE", "alpha");
    environment.put("PUSHER_ALPHA_PLACE", "here");
    return new Configuration(environment, SINKS);
  }
}
