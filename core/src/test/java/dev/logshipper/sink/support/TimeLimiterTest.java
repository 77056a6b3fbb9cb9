package dev.logshipper.sink.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sink.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TimeLimiterTest {
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final AtomicBoolean ended = new AtomicBoolean();

  @Test
  void resultIsHandedOver() throws Exception {
    String result = TimeLimiter.run("t", () -> "done", cancelled::countDown, in(5_000));

    assertThat(result).isEqualTo("done");
    assertThat(cancelled.getCount()).isEqualTo(1);
  }

  @Test
  void ioExceptionPassesAsItIs() {
    IOException thrown = new IOException("broken");
    TimeLimiter.Io<String> failing =
        () -> {
          throw thrown;
        };

    assertThatThrownBy(() -> TimeLimiter.run("t", failing, cancelled::countDown, in(5_000)))
        .isSameAs(thrown);
  }

  @Test
  void defectPassesAsItIs() {
    IllegalStateException thrown = new IllegalStateException("defect");
    TimeLimiter.Io<String> failing =
        () -> {
          throw thrown;
        };

    assertThatThrownBy(() -> TimeLimiter.run("t", failing, cancelled::countDown, in(5_000)))
        .isSameAs(thrown);
  }

  @Test
  void deadlineCancelsAndWaitsForTheEnd() {
    assertThatThrownBy(
            () -> TimeLimiter.run("t", this::untilCancelled, cancelled::countDown, in(50)))
        .isInstanceOf(TimeoutException.class);

    assertThat(ended).isTrue();
  }

  @Test
  void successWhileBeingCancelledIsNotLost() throws Exception {
    TimeLimiter.Io<String> finishing =
        () -> {
          await(cancelled);
          return "done after all";
        };

    assertThat(TimeLimiter.run("t", finishing, cancelled::countDown, in(50)))
        .isEqualTo("done after all");
  }

  @Test
  void passedDeadlineStartsNothing() {
    AtomicBoolean started = new AtomicBoolean();
    TimeLimiter.Io<String> io =
        () -> {
          started.set(true);
          return "";
        };

    assertThatThrownBy(() -> TimeLimiter.run("t", io, cancelled::countDown, in(0)))
        .isInstanceOf(TimeoutException.class);
    assertThat(started).isFalse();
  }

  @Test
  void interruptCancelsAndWaitsForTheEnd() throws Exception {
    AtomicReference<Object> outcome = new AtomicReference<>("none");
    CountDownLatch running = new CountDownLatch(1);
    Thread caller =
        new Thread(() -> {
          try {
            TimeLimiter.Io<String> io =
                () -> {
                  running.countDown();
                  return untilCancelled();
                };
            outcome.set(TimeLimiter.run("t", io, cancelled::countDown, in(60_000)));
          } catch (InterruptedException | IOException | TimeoutException e) {
            outcome.set(e);
          }
        });
    caller.start();
    running.await();

    caller.interrupt();
    caller.join(10_000);

    assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    assertThat(ended).isTrue();
  }

  @Test
  void responseThatArrivedDuringAFreezeIsReadAfterIt() throws Exception {
    AtomicLong nanos = new AtomicLong();
    CountDownLatch thawed = new CountDownLatch(1);
    LongSupplier clockThatJumpsOnce =
        () -> {
          if (nanos.get() == 1) {
            thawed.countDown();
          }
          return nanos.getAndIncrement() == 0 ? 0 : 7_000_000_000L;
        };
    TimeLimiter.Io<String> responding =
        () -> {
          await(thawed);
          return "response";
        };

    assertThat(
            TimeLimiter.run("t", responding, cancelled::countDown, in(5_000), clockThatJumpsOnce))
        .isEqualTo("response");
    assertThat(cancelled.getCount()).isEqualTo(1);
  }

  @Test
  void deadConnectionAfterAFreezeIsCancelledSoon() {
    AtomicLong calls = new AtomicLong();
    long begin = System.nanoTime();
    LongSupplier clockAfterAFreeze =
        () -> System.nanoTime() + (calls.getAndIncrement() == 0 ? 0 : 60_000_000_000L);

    assertThatThrownBy(() ->
            TimeLimiter.run(
                "t", this::untilCancelled, cancelled::countDown, in(30_000), clockAfterAFreeze))
        .isInstanceOf(TimeoutException.class);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
  }

  /// On a starved machine every wait ends late.
  @Test
  void deadlineHoldsWhenEveryWaitEndsLate() {
    AtomicLong seconds = new AtomicLong();
    LongSupplier starved = () -> seconds.getAndIncrement() * 1_000_000_000L;

    assertThatThrownBy(() ->
            TimeLimiter.run("t", this::untilCancelled, cancelled::countDown, in(1_500), starved))
        .isInstanceOf(TimeoutException.class);
  }

  private String untilCancelled() throws IOException {
    await(cancelled);
    ended.set(true);
    throw new IOException("cancelled");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }
}
