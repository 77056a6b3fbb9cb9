package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WarmUpTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final FakeSink sink = new FakeSink();
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  /// What a sink does when it is to rehearse.
  interface Rehearsal {
    void run() throws IOException, InterruptedException;
  }

  @Test
  void sinksAreWarmWhenItIsOver() throws InterruptedException {
    Pipeline pipeline = pipeline(() -> events.add("warm"));
    pipeline.warmUp(LONG);
    events.add("over");
    assertThat(events).containsExactly("warm", "over");
    assertThat(sink.hasNoMoreSent()).isTrue();
  }

  @Test
  void itEndsInTimeWhateverASinkDoes() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    pipeline(never::await).warmUp(Duration.ofMillis(20));
    assertThat(never.getCount()).isEqualTo(1);
  }

  @Test
  void aWarmUpThatFailsChangesNothing() throws InterruptedException {
    Pipeline pipeline =
        pipeline(() -> {
          throw new IOException("no such host");
        });
    pipeline.warmUp(LONG);
    pipeline.start();
    pipeline.accept(lines("a line"));
    assertThat(pipeline.flush(in(LONG))).isTrue();
    assertThat(sink.arrived()).containsExactly("a line");
  }

  @Test
  void withoutTimeNoSinkWarmsUp() throws InterruptedException {
    Pipeline pipeline = pipeline(() -> events.add("warm"));
    pipeline.warmUp(Duration.ZERO);
    pipeline.start();
    pipeline.accept(lines("a line"));
    assertThat(pipeline.flush(in(LONG))).isTrue();
    assertThat(events).isEmpty();
  }

  private Pipeline pipeline(Rehearsal rehearsal) {
    Sink rehearsing =
        new Sink() {
          @Override
          public BatchLimits limits() {
            return sink.limits();
          }

          @Override
          public SendResult send(Batch batch, Deadline deadline)
              throws IOException, InterruptedException {
            return sink.send(batch, deadline);
          }

          @Override
          public void warmUp(Batch batch, Deadline deadline)
              throws IOException, InterruptedException {
            rehearsal.run();
          }

          @Override
          public void close() {
            sink.close();
          }
        };
    return Pipelines.of(new CapturedOutput(), lane("fake", rehearsing));
  }
}
