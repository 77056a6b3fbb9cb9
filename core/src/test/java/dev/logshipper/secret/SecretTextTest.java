package dev.logshipper.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"password\":\"hu\\u0073h\"}|password|hush",
        "{\"a\":{\"password\":\"no\"},\"password\":\"hush\"}|password|hush",
        "{\"port\":3100,\"on\":true}|port|3100",
        "{\"port\":3100,\"on\":true}|on|true",
        "{\"a b#c\":\"hush\"}|a b#c|hush",
      })
  void readsMembersOfJson(String text, String key, String value) throws SecretUnavailable {
    assertThat(SecretText.member(text, key)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"password\":\"hush\"}|user|the secret has no such JSON key",
        "{}|user|the secret has no such JSON key",
        "hush|user|the secret is no JSON object, expected one with a key after #",
        "{\"user\":\"hu|user|the secret is no JSON object, expected one with a key after #",
        "{\"user\":{\"a\":1}}|user|the JSON key's value is not text",
        "{\"user\":null}|user|the JSON key's value is not text",
        "{\"user\":\" \"}|user|the secret is empty",
      })
  void reportsWhatIsNotThere(String text, String key, String reason) {
    assertThatThrownBy(() -> SecretText.member(text, key))
        .isInstanceOf(SecretUnavailable.class)
        .hasMessage(reason);
  }

  @Test
  void lineEndsAfterASecretAreNotPartOfIt() throws SecretUnavailable {
    assertThat(SecretText.member("hush\r\n\n", "")).isEqualTo("hush");
    assertThat(SecretText.member(" two\nlines ", "")).isEqualTo(" two\nlines ");
    assertThatThrownBy(() -> SecretText.member("\n", "")).hasMessage("the secret is empty");
  }
}
