package dev.logshipper.client.http;

import static dev.logshipper.client.http.ClientFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BadPeersTest {
  private static final Duration A_MOMENT = Duration.ofSeconds(3);

  @Test
  void nobodyListensIsSaidInPlainWords() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (ClientFixture http = new ClientFixture("http://127.0.0.1:" + port)) {
      assertThat(http.send(in(5_000)))
          .isEqualTo(SendResult.retry("cannot reach 127.0.0.1: connection refused"));
    }
  }

  @Test
  void unknownNameIsSaidInPlainWords() throws Exception {
    try (ClientFixture http = new ClientFixture("http://no-such-host.invalid/")) {
      // The latter where name servers cannot be reached.
      assertThat(http.send(in(20_000)))
          .isIn(
              SendResult.retry("cannot reach no-such-host.invalid: its name is unknown"),
              SendResult.retry("timed out looking up no-such-host.invalid"));
    }
  }

  @Test
  void silenceEndsByTheDeadline() throws Exception {
    endsByTheDeadline(
        (peer, _, in, _) -> {
          peer.readRequest(in);
          peer.untilOver();
        },
        "timed out waiting for an answer from 127.0.0.1");
  }

  @Test
  void answerThatTricklesEndsByTheDeadline() throws Exception {
    endsByTheDeadline(
        (peer, _, in, out) -> {
          peer.readRequest(in);
          RawPeer.say(out, "HTTP/1.1 200 OK\r\nX-Filling: ");
          peer.trickle(out, 'x');
        },
        "timed out waiting for an answer from 127.0.0.1");
  }

  @Test
  void requestThatNobodyReadsEndsByTheDeadline() throws Exception {
    try (RawPeer peer = new RawPeer((p, _, _, _) -> p.untilOver());
        ClientFixture http = new ClientFixture(peer.url())) {
      String body = "x".repeat(12_000_000);
      Deadline deadline = in(1_000);

      assertThat(http.send("b", body, deadline))
          .isEqualTo(SendResult.retry("timed out sending to 127.0.0.1"));
      assertNothingRuns();
    }
  }

  @Test
  void connectionThatIsNeverAcceptedEndsByTheDeadline() throws Exception {
    // Of the documentation network (RFC 5737): nobody answers there, or the network says no.
    try (ClientFixture http = new ClientFixture("http://192.0.2.1:81/")) {
      Deadline deadline = in(400);

      assertThat(http.send(deadline)).isInstanceOf(SendResult.Retry.class);
      assertInTime(deadline);
      assertNothingRuns();
    }
  }

  @Test
  void acceptanceWithAnEndlessBodyCountsAtOnce() throws Exception {
    try (RawPeer peer =
            new RawPeer((p, _, in, out) -> {
              p.readRequest(in);
              RawPeer.say(out, "HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n");
              p.trickle(out, 'x');
            });
        ClientFixture http = new ClientFixture(peer.url())) {
      Deadline deadline = in(10_000);

      assertThat(http.send(deadline)).isEqualTo(SendResult.DELIVERED);
      assertThat(deadline.remaining()).isGreaterThan(Duration.ofSeconds(10).minus(A_MOMENT));
    }
  }

  @Test
  void explanationThatTricklesDoesNotCostTheStatus() throws Exception {
    try (RawPeer peer =
            new RawPeer((p, _, in, out) -> {
              p.readRequest(in);
              RawPeer.say(out, "HTTP/1.1 400 Bad\r\nContent-Length: 999999\r\n\r\nbecause ");
              p.trickle(out, 'x');
            });
        ClientFixture http = new ClientFixture(900_000, peer.url())) {
      Deadline deadline = in(500);

      Reply reply = http.post("1", "x", deadline);

      assertThat(((Reply.Answer) reply).status()).isEqualTo(400);
      assertThat(((Reply.Answer) reply).refusal()).startsWith("because xx");
      assertInTime(deadline);
      assertNothingRuns();
    }
  }

  @Test
  void explanationThatBreaksOffDoesNotCostTheStatus() throws Exception {
    try (RawPeer peer =
            new RawPeer((p, _, in, out) -> {
              p.readRequest(in);
              RawPeer.say(out, "HTTP/1.1 400 Bad\r\nContent-Length: 99\r\n\r\nbecause");
            });
        ClientFixture http = new ClientFixture(100, peer.url())) {
      assertThat(http.post("1", "x", in(5_000)))
          .isEqualTo(new Reply.Answer(400, Duration.ZERO, "because"));
    }
  }

  @Test
  void freshConnectionThatClosesIsNotRepeated() throws Exception {
    try (RawPeer peer = new RawPeer((p, _, in, _) -> p.readRequest(in));
        ClientFixture http = new ClientFixture(peer.url())) {
      assertThat(http.send(in(5_000)))
          .isEqualTo(
              SendResult.retry("cannot reach 127.0.0.1: connection closed before an answer"));
      assertThat(peer.requests).hasValue(1);
    }
  }

  @Test
  void pooledConnectionThatDiedIsReplacedAtOnce() throws Exception {
    // The first connection answers one request and closes upon the second, as after a freeze.
    try (RawPeer peer =
            new RawPeer((p, connection, in, out) -> {
              p.readRequest(in);
              RawPeer.say(out, RawPeer.OK);
              p.readRequest(in);
              if (connection > 0) {
                RawPeer.say(out, RawPeer.OK);
              }
            });
        ClientFixture http = new ClientFixture(peer.url())) {
      http.send("b-1", "x", in(5_000));

      assertThat(http.send("b-2", "x", in(5_000))).isEqualTo(SendResult.DELIVERED);
      assertThat(peer.connections()).isEqualTo(2);
      assertThat(peer.requests).hasValue(3);
    }
  }

  @Test
  void repetitionThatFailsTooIsTheLast() throws Exception {
    try (RawPeer peer =
            new RawPeer((p, connection, in, out) -> {
              p.readRequest(in);
              if (connection == 0) {
                RawPeer.say(out, RawPeer.OK);
                p.readRequest(in);
              }
            });
        ClientFixture http = new ClientFixture(peer.url())) {
      http.send("b-1", "x", in(5_000));

      assertThat(http.send("b-2", "x", in(5_000))).isInstanceOf(SendResult.Retry.class);
      assertThat(peer.requests).hasValue(3);
    }
  }

  @Test
  void garbageIsNoAnswer() throws Exception {
    try (RawPeer peer =
            new RawPeer((p, _, in, out) -> {
              p.readRequest(in);
              RawPeer.say(out, "SSH-2.0-OpenSSH_9.6 hush\r\n\r\n");
              p.untilOver();
            });
        ClientFixture http = new ClientFixture(peer.url())) {
      assertThat(http.send(in(5_000)))
          .isEqualTo(SendResult.retry("cannot reach 127.0.0.1: it does not speak HTTP"));
    }
  }

  @Test
  void interruptEndsASendPromptly() throws Exception {
    try (RawPeer peer =
            new RawPeer((p, _, in, _) -> {
              p.readRequest(in);
              p.untilOver();
            });
        ClientFixture http = new ClientFixture(peer.url())) {
      AtomicReference<Object> outcome = new AtomicReference<>("none");
      Thread sender =
          new Thread(() -> {
            try {
              outcome.set(http.send(in(300_000)));
            } catch (InterruptedException e) {
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

  @Test
  void deadlineThatHasPassedSendsNothing() throws Exception {
    try (RawPeer peer = new RawPeer((p, _, _, _) -> p.untilOver());
        ClientFixture http = new ClientFixture(peer.url())) {
      assertThat(http.send(in(-1))).isInstanceOf(SendResult.Retry.class);
      assertThat(peer.connections()).isZero();
    }
  }

  private static void endsByTheDeadline(RawPeer.Script script, String reason)
      throws IOException, InterruptedException {
    try (RawPeer peer = new RawPeer(script);
        ClientFixture http = new ClientFixture(peer.url())) {
      Deadline deadline = in(500);

      assertThat(http.send(deadline)).isEqualTo(SendResult.retry(reason));
      assertInTime(deadline);
      assertNothingRuns();
    }
  }

  /// With a moment's grace for a busy machine, which is still less than any timeout of the sink.
  private static void assertInTime(Deadline deadline) {
    assertThat(deadline.minus(A_MOMENT.negated()).hasPassed()).isFalse();
  }

  private static void assertNothingRuns() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("log-shipper-http");
  }
}
