package dev.logshipper.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.testkit.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogsListenerTest {
  private static final String OK = "HTTP/1.1 200 OK";
  private static final String LINE = "{\"type\":\"function\",\"record\":\"a\"}";

  private final Listening listening = new Listening();

  @AfterEach
  void close() {
    listening.close();
  }

  @Test
  void aDeliveryIsInThePipelineBeforeItIsAnswered() throws IOException {
    try (RawClient client = listening.connect()) {
      for (int delivery = 1; delivery <= 50; delivery++) {
        assertThat(client.post("[" + LINE + "," + LINE + "]").status()).isEqualTo(OK);
        assertThat(listening.received()).isEqualTo(2L * delivery);
      }
    }
    assertThat(listening.counts()).isEqualTo(new IntakeCounts(50, 0, 0));
  }

  @Test
  void requestsSentInOneGoAreAnsweredOneByOne() throws IOException {
    try (RawClient client = listening.connect()) {
      client.post("[" + LINE + "]").post("[]").post("[" + LINE + "," + LINE + "]");
      assertThat(client.status()).isEqualTo(OK);
      assertThat(client.status()).isEqualTo(OK);
      assertThat(client.status()).isEqualTo(OK);
    }
    assertThat(listening.received()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\n",
        "PUT /any/path?x=y HTTP/1.1\r\nHost: sandbox.localdomain:80\r\n",
        "POST / HTTP/1.1\nAccept: */*\n"
      })
  void anyPathByPostOrPutIsTaken(String head) throws IOException {
    try (RawClient client = listening.connect()) {
      client.send(head + "content-LENGTH:  " + (LINE.length() + 2) + " \r\n\r\n[" + LINE + "]");
      assertThat(client.status()).isEqualTo(OK);
    }
    assertThat(listening.received()).isEqualTo(1);
  }

  @Test
  void chunksWithExtensionsAndTrailersAreTaken() throws IOException {
    String half = "[" + LINE;
    try (RawClient client = listening.connect()) {
      client.send("POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n");
      client.send(Integer.toHexString(half.length()).toUpperCase(java.util.Locale.ROOT));
      client.send(";name=\"value\"\r\n" + half + "\r\n");
      client.send("01 \r\n]\r\n0;last\r\nChecksum: 1\r\nOther: 2\r\n\r\n");
      assertThat(client.status()).isEqualTo(OK);
      assertThat(client.post("[]").status()).isEqualTo(OK);
    }
    assertThat(listening.received()).isEqualTo(1);
  }

  @Test
  void whoAsksWhetherToGoOnIsTold() throws IOException {
    try (RawClient client = listening.connect()) {
      client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.status()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(client.send("[]").status()).isEqualTo(OK);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\nConnection: close\r\n",
        "POST / HTTP/1.0\r\n",
        "POST / HTTP/1.0\r\nA\r\n"
      })
  void whoDoesNotWantToKeepTheConnectionIsLeft(String head) throws IOException {
    try (RawClient client = listening.connect()) {
      assertThat(client.send(head + "Content-Length: 2\r\n\r\n[]").status()).isEqualTo(OK);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void anOldClientMayKeepItsConnection() throws IOException {
    String request = "POST / HTTP/1.0\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\n[]";
    try (RawClient client = listening.connect()) {
      assertThat(client.send(request).status()).isEqualTo(OK);
      assertThat(client.send(request).status()).isEqualTo(OK);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "not json", "[" + LINE})
  void whatCannotBeReadIsCountedAndAnsweredAllTheSame(String body) throws IOException {
    try (RawClient client = listening.connect()) {
      assertThat(client.post(body).status()).isEqualTo(OK);
      assertThat(client.post("[" + LINE + "]").status()).isEqualTo(OK);
    }
    assertThat(listening.counts().malformed()).isEqualTo(1);
  }

  @Test
  void aRequestWithoutABodyIsAnswered() throws IOException {
    try (RawClient client = listening.connect()) {
      assertThat(client.send("POST / HTTP/1.1\r\n\r\n").status()).isEqualTo(OK);
    }
  }

  @Test
  void whatWasCompleteInATruncatedBodyIsKept() throws IOException {
    try (RawClient client = listening.connect()) {
      client.send("POST / HTTP/1.1\r\nContent-Length: 5000\r\n\r\n[" + LINE + "," + LINE + ",{\"t");
      assertThat(client.finish().status()).isEqualTo(OK);
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(listening.received()).isEqualTo(2);
  }

  @Test
  void whatFitsOfABodyThatIsTooLargeIsKept() throws IOException {
    String more = ("," + LINE).repeat(9 * 1024 * 1024 / (LINE.length() + 1));
    try (RawClient client = listening.connect()) {
      assertThat(client.post("[" + LINE + more + "]").status()).isEqualTo(OK);
      assertThat(listening.counts().malformed()).isEqualTo(1);
      assertThat(listening.received()).isBetween(100_000L, 8L * 1024 * 1024 / LINE.length());
      assertThat(client.post("[]").status()).isEqualTo(OK);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET / HTTP/1.1~~ | HTTP/1.1 405 Method Not Allowed",
        "DELETE / HTTP/1.1~Content-Length: 2~~[] | HTTP/1.1 405 Method Not Allowed",
        "hello~ | HTTP/1.1 400 Bad Request",
        "POST /~~ | HTTP/1.1 400 Bad Request",
        "~POST / HTTP/2~~ | HTTP/1.1 400 Bad Request",
        "POST / HTTP/1.1~Content-Length: -1~~ | HTTP/1.1 400 Bad Request",
        "POST / HTTP/1.1~Content-Length: two~~ | HTTP/1.1 400 Bad Request",
        "POST / HTTP/1.1~Content-Length:~~ | HTTP/1.1 400 Bad Request",
        "POST / HTTP/1.1~Content-Length: 9999999999999999999999~~ | HTTP/1.1 400 Bad Request",
        "POST / HTTP/1.1~Content-Length: 99999999999~~ | HTTP/1.1 413 Content Too Large",
        "POST / HTTP/1.1~Transfer-Encoding: chunked~~zz~ | HTTP/1.1 400 Bad Request",
        "POST / HTTP/1.1~Transfer-Encoding: chunked~~-5~ | HTTP/1.1 400 Bad Request",
        "POST / HTTP/1.1~Transfer-Encoding: chunked~~fffffffff~ | HTTP/1.1 413 Content Too Large"
      })
  void whatIsNoDeliveryIsRefusedAndLeft(String request, String status) throws IOException {
    try (RawClient client = listening.connect()) {
      client.send(request.replace("~", "\r\n"));
      assertThat(client.status()).isEqualTo(status);
      assertThat(client.finish().isClosed()).isTrue();
    }
    assertThat(listening.received()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST / HTTP/1.1\r\nA: ", "POST /", "", "POST / HTTP/1.1\r\nA: b\r\nC: "})
  void aHeadWithoutAnEndIsRefused(String start) throws IOException {
    try (RawClient client = listening.connect()) {
      client.send(start + "x".repeat(16 * 1024 + 1));
      assertThat(client.status()).isEqualTo("HTTP/1.1 431 Request Header Fields Too Large");
    }
  }

  @Test
  void chunksTogetherMayNotBeAbsurdlyLargeEither() throws IOException {
    String chunk = "100000\r\n" + " ".repeat(0x100000) + "\r\n";
    try (RawClient client = listening.connect()) {
      client.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 64; i++) {
        client.send(chunk);
      }
      assertThat(client.send("1\r\n").status()).isEqualTo("HTTP/1.1 413 Content Too Large");
    }
  }

  @Test
  void idleConnectionsDoNotKeepThePlatformOut() throws IOException {
    List<RawClient> idle = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      idle.add(listening.connect());
    }
    try (RawClient platform = listening.connect()) {
      assertThat(platform.post("[]").status()).isEqualTo(OK);
      assertThat(idle.getFirst().isClosed()).isTrue();
      assertThat(idle.getLast().post("[]").status()).isEqualTo(OK);
    }
    closeAll(idle);
  }

  @Test
  void whoDeliversIsNotEvictedByWhoDoesNot() throws IOException {
    try (RawClient platform = listening.connect()) {
      assertThat(platform.post("[]").status()).isEqualTo(OK);
      List<RawClient> idle = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        idle.add(listening.connect());
      }
      assertThat(idle.get(24).isClosed()).isTrue();
      assertThat(platform.post("[" + LINE + "]").status()).isEqualTo(OK);
      closeAll(idle);
    }
  }

  @Test
  void nothingIsAnsweredAfterTheEnd() {
    int port = listening.port();
    listening.close();
    assertThatThrownBy(() -> statusOfADeliveryTo(port)).isInstanceOf(IOException.class);
    assertThat(listening.counts().deliveries()).isZero();
  }

  private static String statusOfADeliveryTo(int port) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.post("[]").status();
    }
  }

  private static void closeAll(List<RawClient> clients) throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
  }
}
