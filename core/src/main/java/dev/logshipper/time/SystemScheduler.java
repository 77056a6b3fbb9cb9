package dev.logshipper.time;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Platform threads and real locks. All threads are daemons.
///
/// @param nanoClock monotonic
public record SystemScheduler(LongSupplier nanoClock) implements Scheduler {

  @Override
  public Monitor newMonitor() {
    return new SystemMonitor();
  }

  @Override
  public Task start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return new SystemTask(thread);
  }

  private record SystemTask(Thread thread) implements Task {
    @Override
    public void interrupt() {
      thread.interrupt();
    }

    @Override
    public void join(Duration longest) throws InterruptedException {
      thread.join(longest);
    }
  }
}
