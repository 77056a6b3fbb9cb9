package dev.logshipper.sink.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Sink;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A warm-up has no effect on the destination (S16).
interface WarmUpRules {
  SinkUnderTest sinkUnderTest();

  @Test
  default void s16WarmUpSendsNoRequest() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    warmUp(sink, SinkUnderTest.AMPLE);

    assertThat(sink.fixture.requests()).isZero();
    assertThat(sink.fixture.arrived()).isEmpty();
    assertThat(sink.output.text()).isEmpty();
  }

  @Test
  default void s16SendsAfterAWarmUp() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    warmUp(sink, SinkUnderTest.AMPLE);

    assertThat(sink.send(sink.batch("first", "second"))).matches(Outcome::isDelivered);
    assertThat(sink.fixture.arrived()).containsExactly("first", "second");
  }

  private static void warmUp(SinkUnderTest sink, Duration within) throws InterruptedException {
    Sink opened = sink.sink();
    Batch batch = sink.batch("a made-up line");
    Exception _ =
        sink.lane.run(() -> {
          try {
            opened.warmUp(batch, Deadline.after(within, System::nanoTime));
            return new Exception("none");
          } catch (Exception failure) {
            return failure;
          }
        });
  }
}
