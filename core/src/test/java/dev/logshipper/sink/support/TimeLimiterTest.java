package dev.logshipper.sink.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sink.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

    assertThat(run(responding, in(5_000), clockThatJumpsOnce)).isEqualTo("response");
    assertThat(cancelled.getCount()).isEqualTo(1);
  }

  @Test
  void deadConnectionAfterAFreezeIsCancelledSoon() {
    AtomicLong calls = new AtomicLong();
    long begin = System.nanoTime();
    LongSupplier clockAfterAFreeze =
        () -> System.nanoTime() + (calls.getAndIncrement() == 0 ? 0 : 60_000_000_000L);

    assertThatThrownBy(() -> run(this::untilCancelled, in(30_000), clockAfterAFreeze))
        .isInstanceOf(TimeoutException.class);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
  }

  /// On a starved machine every wait ends late.
  @Test
  void deadlineHoldsWhenEveryWaitEndsLate() {
    AtomicLong seconds = new AtomicLong();
    LongSupplier starved = () -> seconds.getAndIncrement() * 1_000_000_000L;

    assertThatThrownBy(() -> run(this::untilCancelled, in(1_500), starved))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void aSecondCallAfterAFreezeHasTheTimeThatTheEnvironmentDidNotRun() throws Exception {
    FreezingClock clock = new FreezingClock();
    Deadline attempt = Deadline.ofRunning(Duration.ofSeconds(10), clock);
    Deadline calls = attempt.atMost(Duration.ofSeconds(5));

    assertThat(run(clock::responseDuringAFreeze, calls, clock)).isEqualTo("response");

    assertThat(Duration.ofNanos(attempt.frozenNanos())).isGreaterThan(Duration.ofMinutes(4));
    assertThat(calls.remaining()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
    assertThat(run(() -> "second", calls, clock)).isEqualTo("second");
  }

  @Test
  void aSecondRequestOfACallHasItsTimeWhenTheFirstOneGotAResponse() throws Exception {
    FreezingClock clock = new FreezingClock();
    AtomicInteger ended = new AtomicInteger();
    TimeLimiter.Io<String> two =
        () -> {
          String _ = clock.responseDuringAFreeze();
          ended.incrementAndGet();
          sleep(Duration.ofMillis(900));
          return "second";
        };

    assertThat(
            TimeLimiter.run(
                "t",
                two,
                ended::get,
                cancelled::countDown,
                Deadline.ofRunning(Duration.ofSeconds(5), clock),
                clock))
        .isEqualTo("second");
    assertThat(cancelled.getCount()).isEqualTo(1);
  }

  /// A clock that jumps by five minutes while the first response arrives.
  private static final class FreezingClock implements LongSupplier {
    private final AtomicLong offset = new AtomicLong();

    String responseDuringAFreeze() throws IOException {
      sleep(Duration.ofMillis(150));
      offset.set(Duration.ofMinutes(5).toNanos());
      return "response";
    }

    @Override
    public long getAsLong() {
      return System.nanoTime() + offset.get();
    }
  }

  private <T> T run(TimeLimiter.Io<T> io, Deadline deadline, LongSupplier clock) throws Exception {
    return TimeLimiter.run("t", io, () -> 0, cancelled::countDown, deadline, clock);
  }

  /// The latency of a peer.
  private static void sleep(Duration duration) throws IOException {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
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
