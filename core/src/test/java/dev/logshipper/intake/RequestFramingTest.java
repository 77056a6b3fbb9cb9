package dev.logshipper.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.testkit.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Valid requests, where they end, and the responses to invalid ones.
class RequestFramingTest {
  private static final String OK = "HTTP/1.1 200 OK";
  private static final String LINE = "{\"type\":\"function\",\"record\":\"a\"}";
  private static final String DELIVERY = "[" + LINE + "]";

  private final Listening listening = new Listening();

  @AfterEach
  void close() {
    listening.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET / HTTP/1.1~~ | 405 Method Not Allowed",
        "post / HTTP/1.1~~ | 405 Method Not Allowed",
        "CONNECT example.com:443 HTTP/1.1~~ | 405 Method Not Allowed",
        "DELETE / HTTP/1.1~Content-Length: 2~~[] | 405 Method Not Allowed",
        "hello~ | 400 Bad Request",
        "POST /~~ | 400 Bad Request",
        "POST  HTTP/1.1~~ | 400 Bad Request",
        "POST / x HTTP/1.1~~ | 400 Bad Request",
        "POST / HTTP/1.1 ~~ | 400 Bad Request",
        "POST / HTTP/1.2~~ | 400 Bad Request",
        "~POST / HTTP/1.1~~ | 400 Bad Request",
        "GET /~ | 400 Bad Request",
        "PRI * HTTP/2.0~~SM~~ | 505 HTTP Version Not Supported",
        "POST / HTTP/1.1~Content-Length: 99999999999~~ | 413 Content Too Large",
        "POST / HTTP/1.1~Content-Length: 1099511627776~~ | 413 Content Too Large",
        "POST / HTTP/1.1~Content-Length: 9999999999999999999999~~ | 413 Content Too Large",
        "POST / HTTP/1.1~Transfer-Encoding: chunked~~fffffffff~ | 413 Content Too Large",
        "POST / HTTP/1.1~Transfer-Encoding: chunked~~ffffffffffffffffff~ | 413 Content Too Large"
      })
  void invalidRequestsAreRejected(String request, String status) throws IOException {
    assertThat(answerTo(request)).isEqualTo("HTTP/1.1 " + status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -1",
        "Content-Length: +5",
        "Content-Length: -0",
        "Content-Length: 0x5",
        "Content-Length: two",
        "Content-Length:",
        "Content-Length: 5 5",
        "Content-Length: 5, 5",
        "Content-Length : 5",
        "Content-Length: 1\r5",
        "Content-Length: 5~Content-Length: 6",
        "Content-Length: 5~Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked~Content-Length: 5",
        "Transfer-Encoding: chunked~Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked~Transfer-Encoding: identity",
        " Content-Length: 5",
        "A: b~ Content-Length: 5",
        "A: b~\tc",
        "A b: c",
        "A",
        ": b",
        "A: \0"
      })
  void ambiguousHeadIsRejected(String headers) throws IOException {
    String status = answerTo("POST / HTTP/1.1~" + headers + "~~" + DELIVERY);
    assertThat(status).isIn("HTTP/1.1 400 Bad Request", "HTTP/1.1 501 Not Implemented");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "gzip, chunked", "chunked, chunked", "identity", "xchunked", ""})
  void otherTransferEncodingIsNotImplemented(String encoding) throws IOException {
    String status = answerTo("POST / HTTP/1.1~Transfer-Encoding: " + encoding + "~~" + DELIVERY);
    assertThat(status).isEqualTo("HTTP/1.1 501 Not Implemented");
  }

  @Test
  void chunksInHttp10AreRejected() throws IOException {
    assertThat(answerTo("POST / HTTP/1.0~Transfer-Encoding: chunked~~0~~"))
        .isEqualTo("HTTP/1.1 400 Bad Request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"zz~", "-5~", "+5~", "~", "0x5~", "2~[]x~0~~", "2~[]]~0~~", "1~[~;~]~0~~"})
  void malformedChunkIsRejected(String chunks) throws IOException {
    assertThat(answerTo("POST / HTTP/1.1~Transfer-Encoding: chunked~~" + chunks))
        .isEqualTo("HTTP/1.1 400 Bad Request");
  }

  @Test
  void aRepeatedEqualLengthIsAccepted() throws IOException {
    try (RawClient client = listening.connect()) {
      client.send("POST / HTTP/1.1\r\nContent-Length: 02\r\nContent-Length: 2\r\n\r\n[]");
      assertThat(client.status()).isEqualTo(OK);
      assertThat(client.post("[]").status()).isEqualTo(OK);
    }
  }

  @Test
  void headLinesMayEndWithoutACarriageReturn() throws IOException {
    try (RawClient client = listening.connect()) {
      client.send("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n2\n[]\n0\n\n");
      assertThat(client.status()).isEqualTo(OK);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/opt/log-shipper",
        "//",
        "*",
        "http://169.254.169.254/latest/meta-data",
        "/?q='%22;--"
      })
  void theTargetIsNeverLookedAt(String target) throws IOException {
    try (RawClient client = listening.connect()) {
      client.send("POST " + target + " HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]");
      assertThat(client.status()).isEqualTo(OK);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST / HTTP/1.1\r\nA: ", "POST /", "", "POST / HTTP/1.1\r\nA: b\r\nC: "})
  void aHeadWithoutAnEndIsRejected(String start) throws IOException {
    assertThat(answerTo(start + "x".repeat(16 * 1024 + 1)))
        .isEqualTo("HTTP/1.1 431 Request Header Fields Too Large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1~",
        "POST / HTTP/1.1~Transfer-Encoding: chunked~~0~",
        "POST / HTTP/1.1~Transfer-Encoding: chunked~~0;"
      })
  void thousandsOfHeadersOrTrailersAreRejected(String start) throws IOException {
    assertThat(answerTo(start + "Name: value~".repeat(5_000)))
        .isEqualTo("HTTP/1.1 431 Request Header Fields Too Large");
  }

  @Test
  void tlsIsRejectedAtOnce() throws IOException {
    try (RawClient client = listening.connect()) {
      client.send("\u0016\u0003\u0001\u0002\0\u0001");
      assertThat(client.status()).isEqualTo("HTTP/1.1 400 Bad Request");
    }
  }

  @Test
  void theTotalOfAllChunksIsLimited() throws IOException {
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
  void aPeerThatKeepsSendingReceivesTheRejection() throws IOException {
    try (RawClient client = listening.connect()) {
      client.send("POST / HTTP/1.1\r\nContent-Length: 1099511627776\r\n\r\n");
      client.send("x".repeat(900_000));
      assertThat(client.status()).isEqualTo("HTTP/1.1 413 Content Too Large");
      assertThat(client.isClosed()).isTrue();
    }
  }

  /// The answer to a request in which `~` is the end of a line, and the connection's end. The
  /// platform is served afterwards as before.
  private String answerTo(String request) throws IOException {
    try (RawClient platform = listening.connect();
        RawClient client = listening.connect()) {
      assertThat(platform.post(DELIVERY).status()).isEqualTo(OK);
      client.send(request.replace("~", "\r\n"));
      String status = client.status();
      assertThat(client.finish().isClosed()).isTrue();
      assertThat(platform.post(DELIVERY).status()).isEqualTo(OK);
      assertThat(listening.received()).isEqualTo(2);
      return status;
    }
  }
}
