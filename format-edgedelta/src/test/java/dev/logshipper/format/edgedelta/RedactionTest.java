package dev.logshipper.format.edgedelta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines, credentials and responses of the Lambda API are not in the text of any object or
/// exception.
class RedactionTest {
  private static final String CANARY = "canary-7f3a";

  @Test
  void encodersShowNoLineAndNoCredential() throws Exception {
    NdjsonEncoder enriched =
        NdjsonEncoder.enriched(
            FormatFixture.context(
                Map.of("AWS_SECRET_ACCESS_KEY", CANARY), new ByteArrayOutputStream()));
    FormatFixture.encode(enriched, FormatFixture.batch("b", FormatFixture.line(CANARY)));

    assertThat(enriched.toString()).doesNotContain(CANARY);
    assertThat(FormatFixture.plain().toString()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CANARY,
        "{\"" + CANARY + "\"",
        "{\"Tags\":{\"a\":\"" + CANARY,
        "{\"Configuration\":{\"MemorySize\":\"" + CANARY + "\"}}"
      })
  void malformedResponseIsNotShown(String response) {
    Throwable failure = catchThrowable(() -> GetFunctionResponse.read(response, ""));

    assertThat(failure).isNotNull();
    assertThat(Throwables.getStackTrace(failure)).doesNotContain(CANARY);
  }
}
