package dev.logshipper.layer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A program that waits for an hour in each of Java's ways, prints after each wait whether an hour
/// has passed on both clocks, and exits.
final class HourLongBackoffs {
  private static final Duration HOUR = Duration.ofHours(1);

  private HourLongBackoffs() {}

  private interface Wait {
    void untilItEnds() throws Exception;
  }

  public static void main(String[] args) {
    begin("sleep", () -> Thread.sleep(HOUR));
    begin("park", () -> new ArrayBlockingQueue<>(1).poll(1, TimeUnit.HOURS));
    begin("schedule", HourLongBackoffs::schedule);
    begin("accept", HourLongBackoffs::accept);
  }

  private static void begin(String name, Wait wait) {
    long startNanos = System.nanoTime();
    long startMillis = System.currentTimeMillis();
    Thread.ofPlatform()
        .start(() -> {
          try {
            wait.untilItEnds();
          } catch (Exception e) {
            System.out.println(e);
          }
          boolean monotonic = System.nanoTime() - startNanos >= HOUR.toNanos();
          boolean timeOfDay = System.currentTimeMillis() - startMillis >= HOUR.toMillis();
          System.out.println(name + " " + monotonic + " " + timeOfDay);
        });
  }

  private static void schedule() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    try (ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1)) {
      var _ = scheduler.schedule(done::countDown, 1, TimeUnit.HOURS);
      done.await();
    }
  }

  private static void accept() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout((int) HOUR.toMillis());
      server.accept().close();
    } catch (SocketTimeoutException _) {
      // No client connects.
    }
  }
}
