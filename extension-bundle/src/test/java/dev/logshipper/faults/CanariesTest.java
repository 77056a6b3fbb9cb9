package dev.logshipper.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanariesTest {
  private final Canaries canaries = new Canaries();
  private final String word = canaries.plant("token");

  @Test
  void wordIsFoundInAnyCase() {
    assertThat(canaries.in("host " + word.toUpperCase(Locale.ROOT) + " is unknown"))
        .containsExactly("token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "me", "you", "user:"})
  void wordIsFoundInBase64AtAnyOffset(String before) {
    String encoded = Base64.getEncoder().encodeToString((before + word + "!").getBytes(UTF_8));

    assertThat(canaries.in("Basic " + encoded)).containsExactly("token");
  }

  @Test
  void onlyPlantedWordsAreFound() {
    canaries.plant("password");

    assertThat(canaries.in(word + " and more")).containsExactly("token");
    assertThat(canaries.in("all is well")).isEmpty();
  }
}
