package dev.logshipper.sink.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.testkit.RawPeer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class Http1ClientTest {
  private final Http1Calls calls = new Http1Calls();

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
    try (RawPeer peer = Http1Calls.responding(response)) {
      assertThat(calls.post(peer, "x").text()).isEqualTo(body);
      assertThat(calls.post(peer, "y").text()).isEqualTo(body);
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @Test
  void bodyWithoutLengthEndsWithTheConnection() throws Exception {
    try (RawPeer peer =
        new RawPeer((p, _, in, out) -> {
          p.readRequest(in);
          RawPeer.send(out, "HTTP/1.1 403 Forbidden\r\nX: 1\r\n\r\nno");
        })) {
      Http1Response response = calls.post(peer, "x");

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
        Http1Calls.responding(
            "HTTP/1.1 503 -\r\nRetry-After: " + value + "\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(calls.post(peer, "x").retryAfter()).hasSeconds(seconds);
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
    try (RawPeer peer = Http1Calls.responding(response)) {
      assertThatThrownBy(() -> calls.post(peer, "x")).isInstanceOf(ProtocolException.class);
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
      assertThatThrownBy(() -> calls.post(peer, "x")).isInstanceOf(ProtocolException.class);
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
      assertThat(calls.post(peer, "x".repeat(1_000_000)).status()).isEqualTo(503);
    }
  }

  @Test
  void warmUpConnectsAndSendsNothing() throws Exception {
    try (RawPeer peer = Http1Calls.responding(RawPeer.OK)) {
      calls.client().warmUp(Http1Calls.origin(peer), Http1Calls.in(20_000));
      calls.client().warmUp(Http1Calls.origin(peer), Http1Calls.in(20_000));
      assertThat(peer.requests).hasValue(0);

      assertThat(calls.post(peer, "a").status()).isEqualTo(200);
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @Test
  void cancelledCallNeverStartsAgainAndTheNextOneDoes() throws Exception {
    try (RawPeer peer = Http1Calls.responding(RawPeer.OK)) {
      Http1Call call = calls.client().newCall();
      call.cancel();
      assertThatThrownBy(() -> call.execute(Http1Calls.request(peer, "x")))
          .isInstanceOf(IOException.class);
      assertThat(peer.requests).hasValue(0);

      assertThat(calls.post(peer, "a").status()).isEqualTo(200);
    }
  }

  @Test
  void headerWithALineBreakIsNotSent() throws Exception {
    try (RawPeer peer = Http1Calls.responding(RawPeer.OK)) {
      Http1Request request = Http1Calls.request(peer, "x").header("X", "a\r\nEvil: b");

      assertThatThrownBy(() -> calls.client().send(request, Http1Calls.in(20_000)))
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
    "http://localhost:1, localhost:1"
  })
  void authorityNamesThePortUnlessItIsTheDefault(String url, String authority) {
    assertThat(Http1Request.Origin.of(URI.create(url)).authority()).isEqualTo(authority);
  }

  @Test
  void connectionRefusedIsDescribed() throws Exception {
    RawPeer closed = Http1Calls.responding(RawPeer.OK);
    closed.close();

    assertThatThrownBy(() -> calls.post(closed, "x"))
        .isInstanceOfSatisfying(
            ConnectException.class,
            failure -> assertThat(Http1Client.describe(failure)).isEqualTo("connection refused"));
  }
}
