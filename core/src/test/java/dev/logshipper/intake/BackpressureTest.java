package dev.logshipper.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.platform.InvocationListener;
import dev.logshipper.sink.Deadline;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.RawClient;
import dev.logshipper.testkit.Wait;
import dev.logshipper.time.SystemScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A destination that does not answer for a while, and a platform that delivers again what was
/// refused before it delivers anything else.
@Timeout(60)
class BackpressureTest {
  private static final int BUFFER_BYTES = 100_000;
  private static final int DELIVERIES = 40;
  private static final int LINES = 5;
  private static final String FILLER = "x".repeat(1_000);
  private static final String OK = "HTTP/1.1 200 OK";
  private static final String REFUSED = "HTTP/1.1 503 Service Unavailable";

  @Test
  void backpressureLosesNothingOfABurstOfWhichDroppingLosesHalf() throws Exception {
    try (Rig holding = new Rig(true);
        Rig dropping = new Rig(false)) {
      Thread platform = Thread.ofPlatform().start(holding::deliverAll);
      dropping.deliverAll();
      Wait.until(() -> holding.rejections.get() > 0);
      holding.destinationAnswers();
      dropping.destinationAnswers();
      Wait.end(platform);
      assertThat(dropping.rejections).hasValue(0);
      assertThat(dropping.lost()).isGreaterThan(DELIVERIES * LINES / 2);
      assertThat(holding.lost()).isZero();
      assertThat(holding.arrivedLines()).isEqualTo(allLines());
    }
  }

  @Test
  void nothingOfARejectedDeliveryIsAcceptedAndTheConnectionStaysOpen() throws Exception {
    try (Rig rig = new Rig(true);
        RawClient client = rig.connect()) {
      rig.fill();
      long received = rig.received();
      assertThat(client.post(delivery(0)).status()).isEqualTo(REFUSED);
      assertThat(rig.received()).isEqualTo(received);
      assertThat(rig.listener.counts().deliveries()).isEqualTo(1);
      rig.destinationAnswers();
      while (!client.post(delivery(0)).status().equals(OK)) {
        rig.rejections.incrementAndGet();
      }
      assertThat(rig.received()).isEqualTo(received + LINES);
    }
  }

  @Test
  void nothingIsAcceptedFromAPeerThatHangsUpDuringTheWait() throws Exception {
    try (Rig rig = new Rig(true);
        RawClient client = rig.connect()) {
      rig.fill();
      long received = rig.received();
      client.post(delivery(0)).finish();
      Wait.until(Rig::isAnyoneWaitingForRoom);
      rig.destinationAnswers();
      assertThat(client.status()).isEqualTo(REFUSED);
      assertThat(rig.received()).isEqualTo(received);
    }
  }

  @Test
  void telemetryIsDelayedFromARejectedDeliveryToTheNextAcceptedOne() throws Exception {
    try (Rig rig = new Rig(true);
        RawClient client = rig.connect()) {
      rig.fill();
      assertThat(rig.events).isEmpty();
      assertThat(client.post(delivery(0)).status()).isEqualTo(REFUSED);
      assertThat(rig.events).containsExactly("delayed");
      rig.pipeline.requestFlush();
      String end = "[{\"type\":\"platform.runtimeDone\",\"record\":{\"requestId\":\"r-1\"}}]";
      assertThat(client.post(end).status()).isEqualTo(OK);
      assertThat(rig.events).containsExactly("delayed", "completed r-1", "resumed");
    }
  }

  @Test
  void everythingIsAcceptedDuringAShutdown() throws Exception {
    try (Rig rig = new Rig(true);
        RawClient client = rig.connect()) {
      rig.fill();
      rig.pipeline.requestFlush();
      assertThat(client.post(delivery(0)).status()).isEqualTo(OK);
      assertThat(rig.events).isEmpty();
    }
  }

  @Test
  void aRejectedDeliveryIsAwaitedAtTheEndLongerThanIdleness() throws Exception {
    try (Rig rig = new Rig(true);
        RawClient client = rig.connect()) {
      rig.fill();
      assertThat(client.post(delivery(0)).status()).isEqualTo(REFUSED);
      rig.pipeline.requestFlush();
      Thread end = Thread.ofPlatform().start(rig::awaitAMomentOfQuiet);
      Wait.parked(end);
      assertThat(client.post(delivery(0)).status()).isEqualTo(OK);
      Wait.end(end);
      assertThat(rig.deliveriesWhenQuiet).hasValue(2);
    }
  }

  /// The path of records from the listener to a destination whose first response waits for the
  /// test.
  private static final class Rig implements InvocationListener, AutoCloseable {
    final List<String> events = new CopyOnWriteArrayList<>();
    final AtomicInteger rejections = new AtomicInteger();
    final AtomicLong deliveriesWhenQuiet = new AtomicLong();
    final CapturedOutput said = new CapturedOutput();
    final Pipeline pipeline;
    final LogsListener listener;

    private final FakeSink sink = new FakeSink();
    private final CountDownLatch answers = new CountDownLatch(1);
    private final CountDownLatch sending = sink.held(answers);

    Rig(boolean backpressure) throws IOException {
      pipeline =
          new Pipeline(
              List.of(Pipelines.lane("fake", () -> sink, 10_000, Duration.ofMillis(1))),
              BUFFER_BYTES,
              Overflow.DROP_OLDEST,
              () -> "id",
              said.diagnostics(),
              Math::random,
              new SystemScheduler(System::nanoTime));
      listener =
          LogsListener.on(
              ListenerSocket.bind(InetAddress.getLoopbackAddress(), 0),
              Set.of("function"),
              false,
              null,
              pipeline,
              this,
              backpressure,
              said.diagnostics());
      listener.start();
      pipeline.start();
    }

    RawClient connect() throws IOException {
      return new RawClient(listener.port());
    }

    /// As the platform does: one after the other, each until it is taken.
    void deliverAll() {
      try (RawClient client = connect()) {
        for (int number = 0; number < DELIVERIES; number++) {
          while (!client.post(delivery(number)).status().equals(OK)) {
            rejections.incrementAndGet();
          }
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /// Takes the buffer beyond its mark.
    void fill() throws IOException, InterruptedException {
      String line = "{\"type\":\"function\",\"record\":\"" + "y".repeat(BUFFER_BYTES / 5) + "\"}";
      try (RawClient client = connect()) {
        String body = "[" + String.join(",", line, line, line, line) + "]";
        assertThat(client.post(body).status()).isEqualTo(OK);
      }
      Wait.open(sending);
    }

    static boolean isAnyoneWaitingForRoom() {
      return Thread.getAllStackTraces().keySet().stream()
          .anyMatch(thread ->
              thread.getName().startsWith("log-shipper-listener-")
                  && thread.getState() == Thread.State.TIMED_WAITING);
    }

    void destinationAnswers() {
      answers.countDown();
    }

    void awaitAMomentOfQuiet() {
      try {
        Deadline latest = Deadline.after(Duration.ofHours(1), System::nanoTime);
        listener.awaitIdle(Duration.ofMillis(1), latest);
        deliveriesWhenQuiet.set(listener.counts().deliveries());
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    long received() {
      return pipeline.ledgers().getFirst().received();
    }

    /// Of the burst, at the end.
    long lost() throws InterruptedException {
      Deadline deadline = Deadline.after(Duration.ofSeconds(20), System::nanoTime);
      LaneLedger ledger = pipeline.close(deadline).getFirst();
      assertThat(ledger.received()).isEqualTo(DELIVERIES * LINES);
      return ledger.received() - ledger.delivered();
    }

    List<String> arrivedLines() {
      return sink.arrived().stream().map(text -> text.replace("x", "")).toList();
    }

    @Override
    public void started(String requestId) {
      events.add("started " + requestId);
    }

    @Override
    public void completed(String requestId, long epochMillis) {
      events.add("completed " + requestId);
    }

    @Override
    public void completionLost(String requestId) {}

    @Override
    public void telemetryDelayed(boolean delayed) {
      events.add(delayed ? "delayed" : "resumed");
    }

    @Override
    public void close() {
      answers.countDown();
      listener.close();
    }
  }

  private static String delivery(int number) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      events.add("{\"type\":\"function\",\"record\":\"" + number + "." + i + FILLER + "\"}");
    }
    return "[" + String.join(",", events) + "]";
  }

  private static List<String> allLines() {
    List<String> lines = new ArrayList<>();
    for (int number = 0; number < DELIVERIES; number++) {
      for (int i = 0; i < LINES; i++) {
        lines.add(number + "." + i);
      }
    }
    return lines;
  }
}
