package dev.logshipper.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.testkit.RawClient;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
  void aDeliveryIsAcceptedBeforeItsResponse() throws IOException {
    try (RawClient client = listening.connect()) {
      for (int delivery = 1; delivery <= 50; delivery++) {
        assertThat(client.post("[" + LINE + "," + LINE + "]").status()).isEqualTo(OK);
        assertThat(listening.received()).isEqualTo(2L * delivery);
      }
    }
    assertThat(listening.counts()).isEqualTo(new IntakeCounts(50, 0, 0));
  }

  @Test
  void pipelinedRequestsGetTheirResponsesInOrder() throws IOException {
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
  void anyPathIsAcceptedByPostOrPut(String head) throws IOException {
    try (RawClient client = listening.connect()) {
      client.send(head + "content-LENGTH:  " + (LINE.length() + 2) + " \r\n\r\n[" + LINE + "]");
      assertThat(client.status()).isEqualTo(OK);
    }
    assertThat(listening.received()).isEqualTo(1);
  }

  @Test
  void chunksWithExtensionsAndTrailersAreAccepted() throws IOException {
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
  void anExpectationToContinueIsMet() throws IOException {
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
        "POST / HTTP/1.0\r\nConnection: close\r\n"
      })
  void theConnectionIsClosedWhenThePeerAsks(String head) throws IOException {
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
  void anUnreadableBodyIsCountedAndAcknowledged(String body) throws IOException {
    try (RawClient client = listening.connect()) {
      assertThat(client.post(body).status()).isEqualTo(OK);
      assertThat(client.post("[" + LINE + "]").status()).isEqualTo(OK);
    }
    assertThat(listening.counts().malformed()).isEqualTo(1);
  }

  @Test
  void aRequestWithoutABodyGetsAResponse() throws IOException {
    try (RawClient client = listening.connect()) {
      assertThat(client.send("POST / HTTP/1.1\r\n\r\n").status()).isEqualTo(OK);
    }
  }

  @Test
  void nothingIsAcceptedOfATruncatedBodyThatWillBeDeliveredAgain() throws IOException {
    try (RawClient client = listening.connect()) {
      client.send("POST / HTTP/1.1\r\nContent-Length: 5000\r\n\r\n[" + LINE + "," + LINE + ",{\"t");
      assertThat(client.finish().isClosed()).isTrue();
    }
    assertThat(listening.received()).isZero();
    assertThat(listening.counts().malformed()).isZero();
  }

  @Test
  void theFirstEventsOfABodyThatIsTooLargeAreKept() throws IOException {
    String more = ("," + LINE).repeat(2 * RequestBody.BYTES_MAX / (LINE.length() + 1));
    try (RawClient client = listening.connect()) {
      assertThat(client.post("[" + LINE + more + "]").status()).isEqualTo(OK);
      assertThat(listening.counts().malformed()).isEqualTo(1);
      assertThat(listening.received())
          .isBetween(100_000L, (long) RequestBody.BYTES_MAX / LINE.length());
      assertThat(client.post("[]").status()).isEqualTo(OK);
    }
  }

  @Test
  void nothingGetsAResponseAfterTheEnd() {
    int port = listening.port();
    listening.close();
    assertThatThrownBy(() -> statusOfADeliveryTo(port)).isInstanceOf(IOException.class);
    assertThat(listening.counts().deliveries()).isZero();
  }

  @Test
  void aConnectionWithoutAThreadIsLostAndTheListenerSurvives() throws IOException {
    AtomicInteger made = new AtomicInteger();
    ThreadFactory threads =
        work -> {
          if (made.incrementAndGet() == 2) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          return new Thread(work);
        };
    try (Listening scarce = new Listening(threads);
        RawClient first = scarce.connect()) {
      assertThat(first.isGone()).isTrue();
      try (RawClient second = scarce.connect()) {
        assertThat(second.post("[" + LINE + "]").status()).isEqualTo(OK);
      }
    }
  }

  private static String statusOfADeliveryTo(int port) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.post("[]").status();
    }
  }
}
