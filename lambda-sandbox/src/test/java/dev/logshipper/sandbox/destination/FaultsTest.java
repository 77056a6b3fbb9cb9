package dev.logshipper.sandbox.destination;

import static dev.logshipper.sandbox.destination.Sender.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each fault as seen by the sender, and as recorded afterwards.
class FaultsTest {
  private static final String HEAD = "POST /logs HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";

  private final HttpDestination destination = HttpDestination.start();
  private final Sender sender = new Sender(destination);

  @AfterEach
  void close() {
    sender.close();
    destination.close();
  }

  @Test
  void resetBeforeBodyReadsNothing() throws Exception {
    destination.respondNext(ScriptedResponse.resetBeforeBody());

    try (RawSender raw = new RawSender(destination)) {
      raw.send(HEAD);
      assertThatThrownBy(raw::readHead)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }

    ReceivedRequest request = destination.requests().getFirst();
    assertThat(request.isComplete()).isFalse();
    assertThat(request.responded()).isFalse();
    assertThat(request.body()).isEmpty();
    assertThat(request.response()).isEqualTo(ScriptedResponse.resetBeforeBody());
  }

  @Test
  void resetAfterBodyReadsAllAndAcknowledgesNothing() throws Exception {
    destination.respondNext(ScriptedResponse.resetAfterBody());

    try (RawSender raw = new RawSender(destination)) {
      raw.send(HEAD + "1\n2");
      assertThatThrownBy(raw::readHead)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }

    ReceivedRequest request = destination.requests().getFirst();
    assertThat(request.isComplete()).isTrue();
    assertThat(request.responded()).isFalse();
    assertThat(request.lines()).containsExactly("1", "2");
    assertThat(destination.lines()).isEmpty();
  }

  @Test
  void rawTextIsSentAsItIsAndEndsTheConnection() throws Exception {
    destination.respondNext(ScriptedResponse.raw("SSH-2.0\r\n"));

    try (RawSender raw = new RawSender(destination)) {
      raw.send(HEAD + "1\n2");
      assertThat(raw.readToEnd()).isEqualTo("SSH-2.0\r\n");
    }

    assertThat(destination.requests().getFirst().responded()).isFalse();
    assertThat(destination.lines()).isEmpty();
  }

  @Test
  void senderCanRetryAfterEitherReset() throws Exception {
    destination.respondNext(ScriptedResponse.resetBeforeBody(), ScriptedResponse.resetAfterBody());

    assertThatThrownBy(() -> sender.post("1\n")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> sender.post("1\n")).isInstanceOf(IOException.class);
    assertThat(sender.post("1\n").statusCode()).isEqualTo(200);

    assertThat(destination.lines()).containsExactly("1");
    assertThat(destination.connections()).isEqualTo(3);
  }

  @Test
  void hangOutlastsTheTimeoutOfTheSender() throws Exception {
    destination.respondNext(ScriptedResponse.hang());

    assertThatThrownBy(() -> sender.post("1\n", Duration.ofMillis(100)))
        .isInstanceOf(HttpTimeoutException.class);

    ReceivedRequest request = destination.awaitRequests(1, PATIENCE).getFirst();
    assertThat(request.isComplete()).isTrue();
    assertThat(request.responded()).isFalse();
  }

  @Test
  void releasedHangGetsAResponse() throws Exception {
    destination.respond(ScriptedResponse.hang());
    CompletableFuture<Integer> status = sender.postInBackground("1\n");
    destination.awaitRequests(1, PATIENCE);
    assertThat(destination.lines()).isEmpty();

    destination.release();

    assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(destination.lines()).containsExactly("1");
  }

  @Test
  void closeEndsAHang() throws Exception {
    destination.respond(ScriptedResponse.hang());
    CompletableFuture<Integer> status = sender.postInBackground("1\n");
    destination.awaitRequests(1, PATIENCE);

    destination.close();

    assertThatThrownBy(() -> status.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IOException.class);
    assertThat(destination.lines()).isEmpty();
  }

  @Test
  void slowResponseIsSentAfterItsDelay() throws Exception {
    destination.respondNext(ScriptedResponse.slow(Duration.ofMillis(150)));
    long start = System.nanoTime();

    assertThat(sender.post("1\n").statusCode()).isEqualTo(200);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(150));
  }

  @Test
  void trickledResponseLastsAsLongAsItsRate() throws Exception {
    destination.respondNext(ScriptedResponse.trickle(100).body("x".repeat(20)));
    long start = System.nanoTime();

    assertThat(sender.post("1\n").body()).hasSize(20);

    // 58 bytes in all, the last without a pause.
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void abandonedTrickledResponseIsNotAcknowledged() {
    destination.respondNext(ScriptedResponse.trickle(10));

    assertThatThrownBy(() -> sender.post("1\n", Duration.ofMillis(100)))
        .isInstanceOf(HttpTimeoutException.class);

    assertThat(destination.requests().getFirst().responded()).isFalse();
    assertThat(destination.lines()).isEmpty();
  }

  @Test
  void closeAfterEndsTheConnectionUnannounced() throws Exception {
    destination.respondNext(ScriptedResponse.closeAfter());

    try (RawSender raw = new RawSender(destination)) {
      String all = raw.send(HEAD + "1\n2").readToEnd();
      assertThat(all).startsWith("HTTP/1.1 200 ").doesNotContain("Connection");
    }
    assertThat(destination.lines()).containsExactly("1", "2");
  }

  @Test
  void closedConnectionsAreDeadAndNewOnesWork() throws Exception {
    try (RawSender idle = new RawSender(destination)) {
      idle.send(HEAD + "1\n2").readHead();

      destination.closeConnections();

      assertThat(idle.readToEnd()).isEmpty();
    }
    assertThat(sender.post("3").statusCode()).isEqualTo(200);
  }
}
