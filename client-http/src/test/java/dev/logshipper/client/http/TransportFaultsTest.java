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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TransportFaultsTest {
  private static final Duration GRACE = Duration.ofSeconds(3);

  @Test
  void refusedConnectionIsDescribed() throws Exception {
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
  void unknownHostIsDescribed() throws Exception {
    try (ClientFixture http = new ClientFixture("http://no-such-host.invalid/")) {
      // The latter where no name server is reachable.
      assertThat(http.send(in(20_000)))
          .isIn(
              SendResult.retry("cannot reach no-such-host.invalid: unknown host"),
              SendResult.retry("timed out looking up no-such-host.invalid"));
    }
  }

  @Test
  void silentPeerEndsByTheDeadline() throws Exception {
    endsByTheDeadline(
        (peer, _, in, _) -> {
          peer.readRequest(in);
          peer.untilOver();
        },
        "timed out waiting for a response from 127.0.0.1");
  }

  @Test
  void tricklingResponseEndsByTheDeadline() throws Exception {
    endsByTheDeadline(
        (peer, _, in, out) -> {
          peer.readRequest(in);
          RawPeer.say(out, "HTTP/1.1 200 OK\r\nX-Filling: ");
          peer.trickle(out, 'x');
        },
        "timed out waiting for a response from 127.0.0.1");
  }

  @Test
  void requestThatIsNeverReadEndsByTheDeadline() throws Exception {
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
    // An address of the documentation network (RFC 5737): packets are dropped or rejected.
    try (ClientFixture http = new ClientFixture("http://192.0.2.1:81/")) {
      Deadline deadline = in(400);

      assertThat(http.send(deadline)).isInstanceOf(SendResult.Retry.class);
      assertInTime(deadline);
      assertNothingRuns();
    }
  }

  @Test
  void successWithAnEndlessBodyReturnsAtOnce() throws Exception {
    try (RawPeer peer =
            new RawPeer((p, _, in, out) -> {
              p.readRequest(in);
              RawPeer.say(out, "HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n");
              p.trickle(out, 'x');
            });
        ClientFixture http = new ClientFixture(peer.url())) {
      Deadline deadline = in(10_000);

      assertThat(http.send(deadline)).isEqualTo(SendResult.DELIVERED);
      assertThat(deadline.remaining()).isGreaterThan(Duration.ofSeconds(10).minus(GRACE));
    }
  }

  @Test
  void tricklingErrorBodyKeepsTheStatus() throws Exception {
    try (RawPeer peer =
            new RawPeer((p, _, in, out) -> {
              p.readRequest(in);
              RawPeer.say(out, "HTTP/1.1 400 Bad\r\nContent-Length: 999999\r\n\r\nbecause ");
              p.trickle(out, 'x');
            });
        ClientFixture http = new ClientFixture(900_000, peer.url())) {
      Deadline deadline = in(500);

      PostResult result = http.post("1", "x", deadline);

      assertThat(((PostResult.Response) result).status()).isEqualTo(400);
      assertThat(((PostResult.Response) result).errorBody()).startsWith("because xx");
      assertInTime(deadline);
      assertNothingRuns();
    }
  }

  @Test
  void truncatedErrorBodyKeepsTheStatus() throws Exception {
    try (RawPeer peer =
            new RawPeer((p, _, in, out) -> {
              p.readRequest(in);
              RawPeer.say(out, "HTTP/1.1 400 Bad\r\nContent-Length: 99\r\n\r\nbecause");
            });
        ClientFixture http = new ClientFixture(100, peer.url())) {
      assertThat(http.post("1", "x", in(5_000)))
          .isEqualTo(new PostResult.Response(400, Duration.ZERO, "because"));
    }
  }

  @Test
  void freshConnectionThatClosesIsNotRepeated() throws Exception {
    try (RawPeer peer = new RawPeer((p, _, in, _) -> p.readRequest(in));
        ClientFixture http = new ClientFixture(peer.url())) {
      assertThat(http.send(in(5_000)))
          .isEqualTo(
              SendResult.retry("cannot reach 127.0.0.1: connection closed before a response"));
      assertThat(peer.requests).hasValue(1);
    }
  }

  @Test
  void deadPooledConnectionIsReplacedAtOnce() throws Exception {
    // The first connection serves one request and closes upon the second, as after a freeze.
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
  void garbageIsNoResponse() throws Exception {
    try (RawPeer peer =
            new RawPeer((p, _, in, out) -> {
              p.readRequest(in);
              RawPeer.say(out, "SSH-2.0-OpenSSH_9.6 hush\r\n\r\n");
              p.untilOver();
            });
        ClientFixture http = new ClientFixture(peer.url())) {
      assertThat(http.send(in(5_000)))
          .isEqualTo(SendResult.retry("cannot reach 127.0.0.1: invalid HTTP response"));
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

  /// With some grace for a busy machine, still less than any timeout of OkHttp.
  private static void assertInTime(Deadline deadline) {
    assertThat(deadline.minus(GRACE.negated()).hasPassed()).isFalse();
  }

  private static void assertNothingRuns() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("log-shipper-http");
  }
}
