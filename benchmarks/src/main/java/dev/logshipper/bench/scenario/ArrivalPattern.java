package dev.logshipper.bench.scenario;

import dev.logshipper.bench.process.EnvironmentRun;
import java.time.Duration;

/// The times at which a function is invoked: bursts at a fixed period. An invocation that is late,
/// because the previous one was held, starts as soon as possible.
///
/// The last number is the destination's latency in milliseconds.
public enum ArrivalPattern {
  EVERY_50_MS("every 50 ms", 200, 1, 50, 0),
  EVERY_450_MS("every 0.45 s", 40, 1, 450, 0),
  EVERY_4_S("every 4 s", 8, 1, 4_000, 0),
  BURSTS("bursts of 15, 6 s apart", 4, 15, 6_000, 0),
  SLOW_DESTINATION("every 0.25 s, destination takes 0.3 s", 60, 1, 250, 300);

  private final String title;
  private final int bursts;
  private final int burst;
  private final Duration period;
  private final Duration sendTime;

  ArrivalPattern(String title, int bursts, int burst, long periodMillis, long sendMillis) {
    this.title = title;
    this.bursts = bursts;
    this.burst = burst;
    this.period = Duration.ofMillis(periodMillis);
    this.sendTime = Duration.ofMillis(sendMillis);
  }

  public String title() {
    return title;
  }

  Duration sendTime() {
    return sendTime;
  }

  int invocations() {
    return bursts * burst;
  }

  /// Invokes the function in real time.
  void run(EnvironmentRun run) throws InterruptedException {
    long beginNanos = System.nanoTime();
    for (int i = 0; i < bursts; i++) {
      long dueNanos = beginNanos + i * period.toNanos();
      Thread.sleep(Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime())));
      run.invoke(burst);
    }
  }
}
