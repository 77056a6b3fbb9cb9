package dev.logshipper.sandbox.environment.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionParserTest {

  private static final String VALID =
      """
      {"schemaVersion":"2022-12-13","types":["function"],"buffering":{"maxItems":1000},\
      "destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain:4243/a?b=c"}}\
      """;

  @Test
  void missingFieldsHaveDefaults() throws Exception {
    Subscription subscription = parse(VALID);

    assertThat(subscription.maxItems()).isEqualTo(1_000);
    assertThat(subscription.maxBytes()).isEqualTo(262_144);
    assertThat(subscription.timeoutMillis()).isEqualTo(1_000);
    assertThat(subscription.destination()).hasToString("http://127.0.0.1:4243/a?b=c");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "2022-12-13, 2021-01-01, schemaVersion is not supported",
        "`[\"function\"]`, `[]`, types should not be empty",
        "`\"function\"`, `\"lies\"`, type is not supported",
        "1000, 999, maxItems should be between 1000 and 10000",
        ":4243, ``, URI port is not provided",
        "sandbox.localdomain, example.com, URI host is not sandbox.localdomain",
        "http:, https:, URI scheme is not http",
        "`\"HTTP\"`, `\"SMTP\"`, destination protocol is not supported",
      })
  void errorIsNamed(String part, String faulty, String message) {
    assertThatThrownBy(() -> parse(VALID.replace(part, faulty)))
        .isInstanceOf(InvalidSubscription.class)
        .hasMessageContaining(message);
  }

  private static Subscription parse(String body) throws InvalidSubscription {
    SubscriptionRules rules = new SubscriptionRules(false, true, true, Set.of());
    return new SubscriptionParser(TelemetryApi.TELEMETRY, rules).parse(body);
  }
}
