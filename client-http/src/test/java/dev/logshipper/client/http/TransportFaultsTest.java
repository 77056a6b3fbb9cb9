package dev.logshipper.client.http;

import static dev.logshipper.client.http.ClientFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TransportFaultsTest {
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final HttpDestination server = HttpDestination.start();

  @AfterEach
  void stop() {
    server.close();
  }

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
    endsByTheDeadline(ScriptedResponse.hang());
  }

  @Test
  void tricklingResponseEndsByTheDeadline() throws Exception {
    endsByTheDeadline(ScriptedResponse.trickle(100).header("X-Filling", "x".repeat(60_000)));
  }

  @Test
  void requestThatIsNeverReadEndsByTheDeadline() throws Exception {
    server.stallConnections();
    try (ClientFixture http = new ClientFixture(server.url())) {
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
    server.respondNext(ScriptedResponse.ok().body("x".repeat(999_999)).at(2_000));
    try (ClientFixture http = new ClientFixture(server.url())) {
      Deadline deadline = in(10_000);

      assertThat(http.send(deadline)).isEqualTo(SendResult.DELIVERED);
      assertThat(deadline.remaining()).isGreaterThan(Duration.ofSeconds(10).minus(GRACE));
    }
  }

  @Test
  void tricklingErrorBodyKeepsTheStatus() throws Exception {
    server.respondNext(
        ScriptedResponse.status(400).body("because " + "x".repeat(999_991)).at(2_000));
    try (ClientFixture http = new ClientFixture(900_000, server.url())) {
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
    server.respondNext(
        ScriptedResponse.raw("HTTP/1.1 400 Bad\r\nContent-Length: 99\r\n\r\nbecause"));
    try (ClientFixture http = new ClientFixture(100, server.url())) {
      assertThat(http.post("1", "x", in(5_000)))
          .isEqualTo(new PostResult.Response(400, Duration.ZERO, "because"));
    }
  }

  @Test
  void freshConnectionThatClosesIsNotRepeated() throws Exception {
    server.respond(ScriptedResponse.raw(""));
    try (ClientFixture http = new ClientFixture(server.url())) {
      assertThat(http.send(in(5_000)))
          .isEqualTo(
              SendResult.retry("cannot reach 127.0.0.1: connection closed before a response"));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void deadPooledConnectionIsReplacedAtOnce() throws Exception {
    // The first connection serves one request and closes upon the second, as after a freeze.
    server.respondNext(ScriptedResponse.ok(), ScriptedResponse.raw(""));
    try (ClientFixture http = new ClientFixture(server.url())) {
      http.send("b-1", "x", in(5_000));

      assertThat(http.send("b-2", "x", in(5_000))).isEqualTo(SendResult.DELIVERED);
      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void garbageIsNoResponse() throws Exception {
    server.respondNext(ScriptedResponse.raw("SSH-2.0-OpenSSH_9.6 hush\r\n\r\n"));
    try (ClientFixture http = new ClientFixture(server.url())) {
      assertThat(http.send(in(5_000)))
          .isEqualTo(SendResult.retry("cannot reach 127.0.0.1: invalid HTTP response"));
    }
  }

  private void endsByTheDeadline(ScriptedResponse response) throws InterruptedException {
    server.respondNext(response);
    try (ClientFixture http = new ClientFixture(server.url())) {
      Deadline deadline = in(500);

      assertThat(http.send(deadline))
          .isEqualTo(SendResult.retry("timed out waiting for a response from 127.0.0.1"));
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
