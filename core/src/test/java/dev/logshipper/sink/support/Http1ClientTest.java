package dev.logshipper.sink.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sink.Deadline;
import dev.logshipper.testkit.RawPeer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class Http1ClientTest {
  private static final int RESPONSE_BYTES_MAX = 100_000;

  private final AtomicLong epochMillis = new AtomicLong(1_795_256_130_123L);
  private final Http1Client client =
      new Http1Client(
          "http1-test",
          RESPONSE_BYTES_MAX,
          () -> {
            throw new AssertionError("no TLS here");
          },
          epochMillis::get);

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab', ab",
    "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\na\r\n1\r\nb\r\n0\r\nT: 1\r\n\r\n', ab",
    "'HTTP/1.1 200 OK\nContent-Length: 2\n\nab', ab",
    "'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', ''",
    "'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nab', ab",
    "'HTTP/1.1 204 No Content\r\n\r\n', ''",
    "'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nab', ab",
  })
  void readsResponsesOfEveryShapeAndKeepsTheConnection(String response, String body)
      throws Exception {
    try (RawPeer peer = responding(response)) {
      assertThat(post(peer, "x").text()).isEqualTo(body);
      assertThat(post(peer, "y").text()).isEqualTo(body);
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

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
    try (RawPeer peer = responding(response)) {
      assertThat(post(peer, "x").text()).isEqualTo(body);
      assertThat(post(peer, "y").text()).isEqualTo(body);
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
    try (RawPeer peer = responding(response)) {
      Http1Response _ = post(peer, "x");
      Http1Response _ = post(peer, "y");

      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void connectionWithBytesThatBelongToNoRequestIsNotReused() throws Exception {
    CountDownLatch strayed = new CountDownLatch(1);
    try (RawPeer peer =
        new RawPeer((p, connection, in, out) -> {
          p.readRequest(in);
          RawPeer.send(out, RawPeer.OK);
          if (connection == 0) {
            Thread.sleep(50);
            RawPeer.send(out, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            strayed.countDown();
          }
          p.awaitClose();
        })) {
      Http1Response _ = post(peer, "x");
      strayed.await();

      assertThat(post(peer, "y").status()).isEqualTo(200);
      assertThat(peer.requests).hasValue(2);
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void bodyWithoutLengthEndsWithTheConnection() throws Exception {
    try (RawPeer peer =
        new RawPeer((p, _, in, out) -> {
          p.readRequest(in);
          RawPeer.send(out, "HTTP/1.1 403 Forbidden\r\nX: 1\r\n\r\nno");
        })) {
      Http1Response response = post(peer, "x");

      assertThat(response.status()).isEqualTo(403);
      assertThat(response.header("x")).isEqualTo("1");
      assertThat(response.text()).isEqualTo("no");
      assertThat(response).hasToString("response 403");
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "3601, 3601", "-1, 0", "'Fri, 01 Jan 2027 00:00:00 GMT', 3505469"})
  void retryAfterIsInSecondsOrADate(String value, int seconds) throws Exception {
    try (RawPeer peer =
        responding("HTTP/1.1 503 -\r\nRetry-After: " + value + "\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(post(peer, "x").retryAfter()).hasSeconds(seconds);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n\r\n",
        "HTTP/1.1 2xx OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
      })
  void malformedResponseIsAFailureAndNotRepeated(String response) throws Exception {
    try (RawPeer peer = responding(response)) {
      assertThatThrownBy(() -> post(peer, "x")).isInstanceOf(ProtocolException.class);
      assertThat(peer.requests).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nX: ",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n"
      })
  void endlessResponseIsAFailure(String beginning) throws Exception {
    try (RawPeer peer =
        new RawPeer((p, _, in, out) -> {
          p.readRequest(in);
          RawPeer.send(out, beginning);
          byte[] filling = "x".repeat(8192).getBytes(UTF_8);
          while (true) {
            out.write(filling);
          }
        })) {
      assertThatThrownBy(() -> post(peer, "x")).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void responseBeforeTheBodyIsReadIsReturned() throws Exception {
    try (RawPeer peer =
        new RawPeer((_, _, in, out) -> {
          int _ = in.read();
          RawPeer.send(
              out, "HTTP/1.1 503 Slow Down\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
          // Not closed: that would discard the bytes that the other side has not read yet.
          in.transferTo(OutputStream.nullOutputStream());
        })) {
      assertThat(post(peer, "x".repeat(1_000_000)).status()).isEqualTo(503);
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
      Http1Response _ = post(peer, "a");
      // The connection dies during the second request; a new one serves it.
      Http1Response _ = post(peer, "b");
      assertThat(peer.requests).hasValue(3);

      // That one dies during the third, and so does the new one: no third attempt.
      assertThatThrownBy(() -> post(peer, "c")).isInstanceOf(IOException.class);
      assertThat(peer.requests).hasValue(5);
      assertThat(peer.connections()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "GET"})
  void requestOnANewConnectionIsNotRepeated(String method) throws Exception {
    try (RawPeer peer = new RawPeer((p, _, in, _) -> p.readRequest(in))) {
      Http1Request request = new Http1Request(method, origin(peer), "/");

      assertThatThrownBy(() -> client.send(request, in(20_000))).isInstanceOf(IOException.class);
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
      Http1Response _ = post(peer, "a");

      assertThatThrownBy(() -> post(peer, "b")).isInstanceOf(IOException.class);
      assertThat(peer.requests).hasValue(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"55000, 1", "55001, 2", "-1, 2"})
  void connectionThatWasIdleForTooLongIsNotReused(long idleMillis, int connections)
      throws Exception {
    try (RawPeer peer = responding(RawPeer.OK)) {
      Http1Response _ = post(peer, "a");
      epochMillis.addAndGet(idleMillis);

      Http1Response _ = post(peer, "b");

      assertThat(peer.connections()).isEqualTo(connections);
    }
  }

  @Test
  void requestThatClosesItsConnectionLeavesNone() throws Exception {
    try (RawPeer peer = responding(RawPeer.OK)) {
      Http1Response _ = client.send(request(peer, "a").header("Connection", "close"), in(20_000));
      Http1Response _ = post(peer, "b");

      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void anotherServerGetsAnotherConnection() throws Exception {
    try (RawPeer one = responding(RawPeer.OK);
        RawPeer other = responding(RawPeer.OK)) {
      Http1Response _ = post(one, "a");
      Http1Response _ = post(other, "b");

      assertThat(other.requests).hasValue(1);
    }
  }

  @Test
  void warmUpConnectsAndSendsNothing() throws Exception {
    try (RawPeer peer = responding(RawPeer.OK)) {
      client.warmUp(origin(peer), in(20_000));
      client.warmUp(origin(peer), in(20_000));
      assertThat(peer.requests).hasValue(0);

      assertThat(post(peer, "a").status()).isEqualTo(200);
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @Test
  void cancelledCallNeverStartsAgainAndTheNextOneDoes() throws Exception {
    try (RawPeer peer = responding(RawPeer.OK)) {
      Http1Call call = client.newCall();
      call.cancel();
      assertThatThrownBy(() -> call.execute(request(peer, "x"))).isInstanceOf(IOException.class);
      assertThat(peer.requests).hasValue(0);

      assertThat(post(peer, "a").status()).isEqualTo(200);
    }
  }

  @Test
  void headerWithALineBreakIsNotSent() throws Exception {
    try (RawPeer peer = responding(RawPeer.OK)) {
      Http1Request request = request(peer, "x").header("X", "a\r\nEvil: b");

      assertThatThrownBy(() -> client.send(request, in(20_000)))
          .hasMessage("a line break in the header X");
      assertThat(peer.requests).hasValue(0);
    }
  }

  @Test
  void requestsShowNoSecrets() {
    Http1Request request =
        Http1Request.get(URI.create("https://user:hush@host/hush?hush")).header("A", "hush");

    assertThat(request).hasToString("GET https://host");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, localhost",
    "http://localhost:80, localhost",
    "http://localhost:443, localhost:443",
    "https://localhost:443, localhost",
    "https://localhost:80, localhost:80",
    "HTTPS://localhost:443, localhost",
    "http://localhost:0, localhost:0"
  })
  void authorityNamesThePortUnlessItIsTheDefault(String url, String authority) {
    assertThat(Http1Request.Origin.of(URI.create(url)).authority()).isEqualTo(authority);
  }

  @Test
  void connectionRefusedIsDescribed() throws Exception {
    RawPeer closed = responding(RawPeer.OK);
    closed.close();

    assertThatThrownBy(() -> post(closed, "x"))
        .isInstanceOfSatisfying(
            ConnectException.class,
            failure -> assertThat(Http1Client.describe(failure)).isEqualTo("connection refused"));
  }

  private static RawPeer responding(String response) throws IOException {
    return new RawPeer((p, _, in, out) -> {
      while (true) {
        p.readRequest(in);
        RawPeer.send(out, response);
      }
    });
  }

  private Http1Response post(RawPeer peer, String body) throws Exception {
    return client.send(request(peer, body), in(20_000));
  }

  private static Http1Request request(RawPeer peer, String body) {
    return Http1Request.post(URI.create(peer.url()), body.getBytes(UTF_8));
  }

  private static Http1Request.Origin origin(RawPeer peer) {
    return Http1Request.Origin.of(URI.create(peer.url()));
  }

  private static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }
}
