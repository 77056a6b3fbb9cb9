package dev.logshipper.sink.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sink.Deadline;
import dev.logshipper.testkit.RawPeer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A send ends by its deadline, whatever the server does.
@Timeout(30)
class Http1DeadlineTest {
  private static final String THREAD = "http1-deadline-test";

  /// Tolerance for a busy machine.
  private static final Duration A_MOMENT = Duration.ofSeconds(3);

  private final Http1Client client = Http1Client.of(THREAD, 1 << 20, List.of());

  @Test
  void silentServer() throws Exception {
    endsByTheDeadline(
        (peer, _, in, _) -> {
          peer.readRequest(in);
          peer.awaitClose();
        },
        "waiting for a response from");
  }

  @Test
  void tricklingHeader() throws Exception {
    endsByTheDeadline(
        (peer, _, in, out) -> {
          peer.readRequest(in);
          RawPeer.send(out, "HTTP/1.1 200 OK\r\nX-Filling: ");
          peer.trickle(out, 'x');
        },
        "waiting for a response from");
  }

  @Test
  void tricklingBody() throws Exception {
    endsByTheDeadline(
        (peer, _, in, out) -> {
          peer.readRequest(in);
          RawPeer.send(out, "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n");
          peer.trickle(out, 'x');
        },
        "waiting for a response from");
  }

  @Test
  void serverThatReadsNothing() throws Exception {
    try (RawPeer peer = new RawPeer((p, _, _, _) -> p.awaitClose())) {
      endsByTheDeadline(peer.url(), 8_000_000, "sending to");
    }
  }

  @Test
  void serverThatIgnoresTheTlsHandshake() throws Exception {
    try (RawPeer peer = new RawPeer((p, _, _, _) -> p.awaitClose())) {
      endsByTheDeadline(peer.url().replace("http:", "https:"), 10, "connecting to");
    }
  }

  @Test
  void deadlineThatHasPassedSendsNothing() throws Exception {
    try (RawPeer peer = new RawPeer((p, _, _, _) -> p.awaitClose())) {
      assertThatThrownBy(() -> client.send(request(peer.url(), 10), in(-1)))
          .isInstanceOf(TimeoutException.class)
          .hasMessageStartingWith("timed out before sending to http://127.0.0.1:");
      assertThat(peer.connections()).isZero();
    }
  }

  @Test
  void interruptEndsASendPromptly() throws Exception {
    try (RawPeer peer =
        new RawPeer((p, _, in, _) -> {
          p.readRequest(in);
          p.awaitClose();
        })) {
      AtomicReference<Object> outcome = new AtomicReference<>("none");
      Thread sender =
          new Thread(() -> {
            try {
              outcome.set(client.send(request(peer.url(), 10), in(300_000)));
            } catch (Exception e) {
              outcome.set(e);
            }
          });
      sender.start();
      peer.requestRead.await();

      sender.interrupt();
      sender.join(A_MOMENT.toMillis());

      assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
      assertNothingRuns();
    }
  }

  private void endsByTheDeadline(RawPeer.Script script, String phase) throws Exception {
    try (RawPeer peer = new RawPeer(script)) {
      endsByTheDeadline(peer.url(), 10, phase);
    }
  }

  private void endsByTheDeadline(String url, int bytes, String phase) {
    Deadline deadline = in(1_000);

    assertThatThrownBy(() -> client.send(request(url, bytes), deadline))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("timed out " + phase + " " + url.substring(0, url.length() - 1));
    assertThat(deadline.minus(A_MOMENT.negated()).hasPassed()).isFalse();
    assertNothingRuns();
  }

  private static void assertNothingRuns() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain(THREAD, "Keep-Alive-Timer");
  }

  private static Http1Request request(String url, int bytes) {
    return Http1Request.post(URI.create(url), new byte[bytes]);
  }

  private static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }
}
