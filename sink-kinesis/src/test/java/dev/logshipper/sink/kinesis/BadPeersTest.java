package dev.logshipper.sink.kinesis;

import static dev.logshipper.sink.kinesis.KinesisFixture.batch;
import static dev.logshipper.sink.kinesis.KinesisFixture.batchOfRecords;
import static dev.logshipper.sink.kinesis.KinesisFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BadPeersTest {
  private static final Duration A_MOMENT = Duration.ofSeconds(3);
  private static final MockResponse HANGS =
      new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
  private static final MockResponse HANGS_UP =
      new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();

  private FakeFirehose firehose;

  @BeforeEach
  void start() throws IOException {
    firehose = new FakeFirehose();
  }

  @AfterEach
  void stop() {
    firehose.close();
  }

  @Test
  void nobodyListensIsSaidInPlainWords() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (KinesisFixture kinesis = new KinesisFixture("http://127.0.0.1:" + port)) {
      assertThat(kinesis.send(batch("x")))
          .isEqualTo(
              SendResult.retry("cannot reach http://127.0.0.1:" + port + ": connection refused"));
    }
  }

  @Test
  void silenceEndsByTheDeadline() throws Exception {
    firehose.answering(firehose::stored, call -> HANGS);

    assertEndsByTheDeadline();
  }

  @Test
  void answerThatTricklesEndsByTheDeadline() throws Exception {
    firehose.answering(
        firehose::stored,
        call ->
            firehose.stored(call).newBuilder().throttleBody(1, 50, TimeUnit.MILLISECONDS).build());

    assertEndsByTheDeadline();
  }

  @Test
  void sendAfterAnAnswerThatCameTooLateIsAnsweredForItself() throws Exception {
    firehose.answering(call -> HANGS, firehose.failing("ServiceUnavailableException", 1));
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.sink.send(batchOfRecords(1), in(500)))
          .isInstanceOf(SendResult.Retry.class);

      assertThat(kinesis.send(batchOfRecords(2))).isInstanceOf(SendResult.Partial.class);
    }
  }

  @Test
  void ownTimeoutEndsASendBeforeTheDeadline() throws Exception {
    firehose.answering(call -> HANGS);
    try (KinesisFixture kinesis = fixture("ED_PUSH_TIMEOUT_SEC", "1")) {
      Deadline deadline = in(20_000);

      assertThat(kinesis.sink.send(batch("x"), deadline)).isInstanceOf(SendResult.Retry.class);
      assertThat(deadline.remaining()).isGreaterThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void freshConnectionThatClosesIsNotRepeated() throws Exception {
    firehose.answering(call -> HANGS_UP);
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.send(batch("x"))).isInstanceOf(SendResult.Retry.class);
    }
    assertThat(firehose.requests()).isEqualTo(1);
  }

  @Test
  void pooledConnectionThatDiedIsReplacedAtOnce() throws Exception {
    firehose.answering(firehose::stored, call -> HANGS_UP);
    try (KinesisFixture kinesis = fixture()) {
      kinesis.send(batch("a"));

      assertThat(kinesis.send(batch("b"))).isEqualTo(SendResult.DELIVERED);
    }
    assertThat(firehose.calls)
        .extracting(call -> call.request().getConnectionIndex())
        .containsExactly(0, 0, 1);
    assertThat(firehose.storedLines()).hasSize(2);
  }

  @Test
  void repetitionThatFailsTooIsTheLast() throws Exception {
    firehose.answering(firehose::stored, call -> HANGS_UP, call -> HANGS_UP);
    try (KinesisFixture kinesis = fixture()) {
      kinesis.send(batch("a"));

      assertThat(kinesis.send(batch("b"))).isInstanceOf(SendResult.Retry.class);
    }
    assertThat(firehose.requests()).isEqualTo(3);
  }

  @Test
  void answerThatBreaksOffIsNotRepeated() throws Exception {
    firehose.answering(
        firehose::stored,
        call ->
            firehose
                .stored(call)
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
    try (KinesisFixture kinesis = fixture()) {
      kinesis.send(batch("a"));

      assertThat(kinesis.send(batch("b"))).isInstanceOf(SendResult.Retry.class);
    }
    assertThat(firehose.requests()).isEqualTo(2);
  }

  @Test
  void interruptEndsASendPromptly() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    firehose.answering(call -> {
      asked.countDown();
      return HANGS;
    });
    try (KinesisFixture kinesis = fixture("ED_PUSH_TIMEOUT_SEC", "300")) {
      AtomicReference<Object> outcome = new AtomicReference<>("none");
      Thread sender =
          new Thread(() -> {
            try {
              outcome.set(kinesis.sink.send(batch("x"), in(300_000)));
            } catch (InterruptedException | IOException e) {
              outcome.set(e);
            }
          });
      sender.start();
      Wait.open(asked);

      sender.interrupt();
      sender.join(A_MOMENT.toMillis());

      assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
      assertNothingRuns();
    }
  }

  private void assertEndsByTheDeadline() throws Exception {
    try (KinesisFixture kinesis = fixture()) {
      // Loads the SDK, which may take longer than what follows.
      assertThat(kinesis.send(batch("x"))).isEqualTo(SendResult.DELIVERED);
      Deadline deadline = in(500);

      assertThat(kinesis.sink.send(batch("x"), deadline))
          .isEqualTo(SendResult.retry("timed out waiting for a response from " + firehose.url()));
      // With a moment's grace for a busy machine, which is still less than any timeout of the sink.
      assertThat(deadline.minus(A_MOMENT.negated()).hasPassed()).isFalse();
      assertNothingRuns();
    }
  }

  private static void assertNothingRuns() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("log-shipper-firehose");
  }

  private KinesisFixture fixture(String... environment) {
    return new KinesisFixture(firehose.url(), environment);
  }
}
