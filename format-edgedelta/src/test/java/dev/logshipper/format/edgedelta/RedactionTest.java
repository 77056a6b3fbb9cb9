package dev.logshipper.format.edgedelta;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.logshipper.testkit.Canary;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines, credentials and what the Lambda API says of the function are told by nothing that holds
/// them.
class RedactionTest {

  @Test
  void encodersTellNoLineAndNoCredential() throws Exception {
    NdjsonEncoder enriched =
        NdjsonEncoder.enriched(
            FormatFixture.context(
                Map.of("AWS_SECRET_ACCESS_KEY", Canary.WORD), new ByteArrayOutputStream()));
    FormatFixture.encode(enriched, FormatFixture.batch("b", FormatFixture.line(Canary.WORD)));

    Canary.isNotIn(enriched, NdjsonEncoder.plain());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Canary.WORD,
        "{\"" + Canary.WORD + "\"",
        "{\"Tags\":{\"a\":\"" + Canary.WORD,
        "{\"Configuration\":{\"MemorySize\":\"" + Canary.WORD + "\"}}"
      })
  void answerThatIsNotUnderstoodIsNotTold(String answer) {
    Canary.isNotIn(catchThrowable(() -> GetFunctionResponse.read(answer, "")));
  }
}
