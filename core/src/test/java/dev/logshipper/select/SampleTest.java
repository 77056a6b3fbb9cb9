package dev.logshipper.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
  private static final int INVOCATIONS = 20_000;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 10, 50, 99, 100})
  void shareOfInvocationsIsThatOfTheSetting(double percent) {
    Sample sample = new Sample(percent);
    Random random = new Random(1);
    int passed = 0;
    for (int i = 0; i < INVOCATIONS; i++) {
      passed += sample.passes(lineOf(randomId(random))) ? 1 : 0;
    }
    assertThat(100.0 * passed / INVOCATIONS).isCloseTo(percent, withinPoints(1));
  }

  @Test
  void allLinesOfAnInvocationShareItsFateAndASmallerShareIsPartOfALargerOne() {
    Random random = new Random(2);
    for (int i = 0; i < 1_000; i++) {
      String id = randomId(random);
      boolean inTen = new Sample(10).passes(lineOf(id));
      assertThat(new Sample(10).passes(lineOf(id))).isEqualTo(inTen);
      if (inTen) {
        assertThat(new Sample(20).passes(lineOf(id))).isTrue();
      }
    }
  }

  @Test
  void aLineWithoutARequestIdPasses() {
    assertThat(new Sample(0).passes(lineOf(null))).isTrue();
  }

  private static Offset<Double> withinPoints(double points) {
    return Offset.offset(points);
  }

  private static String randomId(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static LogRecord lineOf(@Nullable String requestId) {
    return LogRecord.text("2026-01-01T00:00:00.000Z", "function", requestId, new byte[] {'a'});
  }
}
