package dev.logshipper.sink.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.testkit.RawPeer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Kept connections: when they are used again, and requests that are repeated on a new one.
@Timeout(30)
class Http1ReuseTest {
  private final Http1Calls calls = new Http1Calls();

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab', ab",
    "'HTTP/1.1 200 OK\r\nConnection: upgrade, Close\r\nContent-Length: 2\r\n\r\nab', ab",
    "'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab', ab",
    "'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 200 OK\r\n\r\n', ab",
    "'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n', ab",
  })
  void doesNotReuseAConnectionThatTheServerClosesOrThatIsInDoubt(String response, String body)
      throws Exception {
    try (RawPeer peer = Http1Calls.responding(response)) {
      assertThat(calls.post(peer, "x").text()).isEqualTo(body);
      assertThat(calls.post(peer, "y").text()).isEqualTo(body);
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 503 Slow Down\r\nContent-Length: 2\r\n\r\nno",
        "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n"
      })
  void connectionOnWhichARequestWasRejectedIsNotReused(String response) throws Exception {
    try (RawPeer peer = Http1Calls.responding(response)) {
      Http1Response _ = calls.post(peer, "x");
      Http1Response _ = calls.post(peer, "y");

      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void connectionWithBytesThatBelongToNoRequestIsNotReused() throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    CountDownLatch strayed = new CountDownLatch(1);
    try (RawPeer peer =
        new RawPeer((p, connection, in, out) -> {
          p.readRequest(in);
          RawPeer.send(out, RawPeer.OK);
          if (connection == 0) {
            received.await();
            RawPeer.send(out, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            strayed.countDown();
          }
          p.awaitClose();
        })) {
      Http1Response _ = calls.post(peer, "x");
      received.countDown();
      strayed.await();

      assertThat(calls.post(peer, "y").status()).isEqualTo(200);
      assertThat(peer.requests).hasValue(2);
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void deadKeptConnectionIsReplacedAtOnceAndOnce() throws Exception {
    try (RawPeer peer =
        new RawPeer((p, connection, in, out) -> {
          p.readRequest(in);
          if (connection < 2) {
            RawPeer.send(out, RawPeer.OK);
            p.readRequest(in);
          }
        })) {
      Http1Response _ = calls.post(peer, "a");
      // The connection dies during the second request; a new one serves it.
      Http1Response _ = calls.post(peer, "b");
      assertThat(peer.requests).hasValue(3);

      // That one dies during the third, and so does the new one: no third attempt.
      assertThatThrownBy(() -> calls.post(peer, "c")).isInstanceOf(IOException.class);
      assertThat(peer.requests).hasValue(5);
      assertThat(peer.connections()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "GET"})
  void requestOnANewConnectionIsNotRepeated(String method) throws Exception {
    try (RawPeer peer = new RawPeer((p, _, in, _) -> p.readRequest(in))) {
      Http1Request request = new Http1Request(method, Http1Calls.origin(peer), "/");

      assertThatThrownBy(() -> calls.client().send(request, Http1Calls.in(20_000)))
          .isInstanceOf(IOException.class);
      assertThat(peer.requests).hasValue(1);
    }
  }

  @Test
  void requestIsNotRepeatedOnceAResponseHasBegun() throws Exception {
    try (RawPeer peer =
        new RawPeer((p, _, in, out) -> {
          p.readRequest(in);
          RawPeer.send(out, RawPeer.OK);
          p.readRequest(in);
          RawPeer.send(out, "HTTP/1.1 200 OK\r\nContent-");
        })) {
      Http1Response _ = calls.post(peer, "a");

      assertThatThrownBy(() -> calls.post(peer, "b")).isInstanceOf(IOException.class);
      assertThat(peer.requests).hasValue(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"55000, 1", "55001, 2", "-1, 2"})
  void connectionThatWasIdleForTooLongIsNotReused(long idleMillis, int connections)
      throws Exception {
    try (RawPeer peer = Http1Calls.responding(RawPeer.OK)) {
      Http1Response _ = calls.post(peer, "a");
      calls.epochMillis().addAndGet(idleMillis);

      Http1Response _ = calls.post(peer, "b");

      assertThat(peer.connections()).isEqualTo(connections);
    }
  }

  @Test
  void requestThatClosesItsConnectionLeavesNone() throws Exception {
    try (RawPeer peer = Http1Calls.responding(RawPeer.OK)) {
      Http1Response _ =
          calls
              .client()
              .send(
                  Http1Calls.request(peer, "a").header("Connection", "close"),
                  Http1Calls.in(20_000));
      Http1Response _ = calls.post(peer, "b");

      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void anotherServerGetsAnotherConnection() throws Exception {
    try (RawPeer one = Http1Calls.responding(RawPeer.OK);
        RawPeer other = Http1Calls.responding(RawPeer.OK)) {
      Http1Response _ = calls.post(one, "a");
      Http1Response _ = calls.post(other, "b");

      assertThat(other.requests).hasValue(1);
    }
  }
}
