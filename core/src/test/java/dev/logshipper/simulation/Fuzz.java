package dev.logshipper.simulation;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Runs fresh seeds for some minutes on all processors and reports those that violate an invariant.
/// Started by `scripts/fuzz`.
final class Fuzz {
  private static final int VIOLATIONS_MAX = 20;

  private final AtomicLong nextSeed = new AtomicLong(ThreadLocalRandom.current().nextLong());
  private final AtomicLong runs = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final PrintStream out;
  private final long endNanos;

  private Fuzz(PrintStream out, Duration duration) {
    this.out = out;
    this.endNanos = System.nanoTime() + duration.toNanos();
  }

  /// Runs seeds until the time is over.
  ///
  /// @param args the number of minutes
  public static void main(String[] args) throws InterruptedException {
    Fuzz fuzz = new Fuzz(System.out, Duration.ofMinutes(Long.parseLong(args[0])));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(Thread.ofPlatform().start(fuzz::runSeeds));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    fuzz.out.println(fuzz.runs + " runs, " + fuzz.failures + " violated an invariant");
    System.exit(fuzz.failures.get() == 0 ? 0 : 1);
  }

  private void runSeeds() {
    while (System.nanoTime() - endNanos < 0 && failures.get() < VIOLATIONS_MAX) {
      try {
        report(Simulation.run(nextSeed.getAndIncrement()));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void report(Simulation.Outcome outcome) {
    runs.incrementAndGet();
    if (outcome.violation() != null) {
      failures.incrementAndGet();
      out.println(outcome.report());
    }
  }
}
