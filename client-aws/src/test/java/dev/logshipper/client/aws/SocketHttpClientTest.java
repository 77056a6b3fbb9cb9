package dev.logshipper.client.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.testkit.RawPeer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

@Timeout(30)
class SocketHttpClientTest {
  private final AtomicLong epochMillis = new AtomicLong(1_795_256_130_123L);
  private final SocketHttpClient client =
      new SocketHttpClient(
          () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), epochMillis::get);

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab', ab",
    "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\na\r\n1\r\nb\r\n0\r\nT: 1\r\n\r\n', ab",
    "'HTTP/1.1 200 OK\nContent-Length: 2\n\nab', ab",
    "'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', ''",
    "'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nab', ab",
  })
  void answersOfEveryShapeAreReadAndTheConnectionIsKept(String answer, String body)
      throws Exception {
    try (RawPeer peer = answering(answer)) {
      assertThat(bodyOf(post(peer, "x"))).isEqualTo(body);
      assertThat(bodyOf(post(peer, "y"))).isEqualTo(body);
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab', ab",
    "'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab', ab",
  })
  void connectionThatTheServerGivesUpIsNotUsedAgain(String answer, String body) throws Exception {
    try (RawPeer peer = answering(answer)) {
      assertThat(bodyOf(post(peer, "x"))).isEqualTo(body);
      assertThat(bodyOf(post(peer, "y"))).isEqualTo(body);
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void answerWithoutLengthEndsWithTheConnection() throws Exception {
    try (RawPeer peer =
        new RawPeer((p, _, in, out) -> {
          p.readRequest(in);
          RawPeer.say(out, "HTTP/1.1 403 Forbidden\r\nX: 1\r\n\r\nno");
        })) {
      HttpExecuteResponse response = post(peer, "x");

      assertThat(response.httpResponse().statusCode()).isEqualTo(403);
      assertThat(response.httpResponse().firstMatchingHeader("x")).contains("1");
      assertThat(bodyOf(response)).isEqualTo("no");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n\r\n",
        "HTTP/1.1 2xx OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
      })
  void nonsenseIsNoAnswer(String answer) throws Exception {
    try (RawPeer peer = answering(answer)) {
      assertThatThrownBy(() -> post(peer, "x")).isInstanceOf(ProtocolException.class);
      assertThat(peer.requests).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\n\r\n"})
  void endlessAnswerIsGivenUp(String beginning) throws Exception {
    try (RawPeer peer =
        new RawPeer((p, _, in, out) -> {
          p.readRequest(in);
          RawPeer.say(out, beginning);
          byte[] filling = new byte[8192];
          while (true) {
            out.write(filling);
          }
        })) {
      assertThatThrownBy(() -> post(peer, "x")).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void refusalBeforeTheBodyIsReadIsHeard() throws Exception {
    try (RawPeer peer =
        new RawPeer((_, _, in, out) -> {
          int _ = in.read();
          RawPeer.say(
              out, "HTTP/1.1 503 Slow Down\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
          // Not closed: that would throw away what has not been read by the other side.
          in.transferTo(java.io.OutputStream.nullOutputStream());
        })) {
      assertThat(post(peer, "x".repeat(1_000_000)).httpResponse().statusCode()).isEqualTo(503);
    }
  }

  @Test
  void keptConnectionThatDiedIsReplacedAtOnceAndOnce() throws Exception {
    try (RawPeer peer =
        new RawPeer((p, connection, in, out) -> {
          p.readRequest(in);
          if (connection < 2) {
            RawPeer.say(out, RawPeer.OK);
            p.readRequest(in);
          }
        })) {
      HttpExecuteResponse _ = post(peer, "a");
      // Dies under the second request; a fresh one takes it.
      HttpExecuteResponse _ = post(peer, "b");
      assertThat(peer.requests).hasValue(3);

      // That one dies under the third, and the fresh one after it as well: no third try.
      assertThatThrownBy(() -> post(peer, "c")).isInstanceOf(IOException.class);
      assertThat(peer.requests).hasValue(5);
      assertThat(peer.connections()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST"})
  void freshConnectionThatClosesIsNotTriedAgain(String method) throws Exception {
    try (RawPeer peer = new RawPeer((p, _, in, _) -> p.readRequest(in))) {
      client.begin();
      HttpExecuteRequest request =
          HttpExecuteRequest.builder()
              .request(head(peer, SdkHttpMethod.valueOf(method)).build())
              .build();

      assertThatThrownBy(() -> client.prepareRequest(request).call())
          .isInstanceOf(IOException.class);
      assertThat(peer.requests).hasValue(1);
    }
  }

  @Test
  void cutAnswerIsNotTriedAgainOnAKeptConnectionEither() throws Exception {
    try (RawPeer peer =
        new RawPeer((p, _, in, out) -> {
          p.readRequest(in);
          RawPeer.say(out, RawPeer.OK);
          p.readRequest(in);
          RawPeer.say(out, "HTTP/1.1 200 OK\r\nContent-");
        })) {
      HttpExecuteResponse _ = post(peer, "a");

      assertThatThrownBy(() -> post(peer, "b")).isInstanceOf(IOException.class);
      assertThat(peer.requests).hasValue(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"55000, 1", "55001, 2", "-1, 2"})
  void connectionThatWasIdleForLongIsNotTrusted(long idleMillis, int connections) throws Exception {
    try (RawPeer peer = answering(RawPeer.OK)) {
      HttpExecuteResponse _ = post(peer, "a");
      epochMillis.addAndGet(idleMillis);

      HttpExecuteResponse _ = post(peer, "b");

      assertThat(peer.connections()).isEqualTo(connections);
    }
  }

  @Test
  void attemptThatWasCancelledNeverStartsAgainAndTheNextOneDoes() throws Exception {
    try (RawPeer peer = answering(RawPeer.OK)) {
      client.begin().cancel();
      HttpExecuteRequest request =
          HttpExecuteRequest.builder().request(head(peer, SdkHttpMethod.PUT).build()).build();
      assertThatThrownBy(() -> client.prepareRequest(request).call())
          .isInstanceOf(IOException.class);
      assertThat(peer.requests).hasValue(0);

      assertThat(post(peer, "a").httpResponse().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void headerWithALineBreakIsNotSent() throws Exception {
    try (RawPeer peer = answering(RawPeer.OK)) {
      client.begin();
      SdkHttpRequest request = head(peer, SdkHttpMethod.PUT).putHeader("X", "a\r\nEvil: b").build();

      assertThatThrownBy(() ->
              client.prepareRequest(HttpExecuteRequest.builder().request(request).build()).call())
          .hasMessage("a line break in the header X");
      assertThat(peer.requests).hasValue(0);
    }
  }

  private static RawPeer answering(String answer) throws IOException {
    return new RawPeer((p, _, in, out) -> {
      while (true) {
        p.readRequest(in);
        RawPeer.say(out, answer);
      }
    });
  }

  private HttpExecuteResponse post(RawPeer peer, String body) throws IOException {
    client.begin();
    SdkHttpRequest request =
        head(peer, SdkHttpMethod.POST)
            .putHeader("Content-Length", Integer.toString(body.length()))
            .build();
    return client
        .prepareRequest(
            HttpExecuteRequest.builder()
                .request(request)
                .contentStreamProvider(ContentStreamProvider.fromUtf8String(body))
                .build())
        .call();
  }

  private static SdkHttpRequest.Builder head(RawPeer peer, SdkHttpMethod method) {
    return SdkHttpRequest.builder().method(method).uri(URI.create(peer.url()));
  }

  private static String bodyOf(HttpExecuteResponse response) throws IOException {
    try (InputStream body = response.responseBody().orElseThrow()) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }
}
