package dev.logshipper.sandbox.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sandbox.http.RequestReader;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP/1.1 on the wire: accepted and rejected framing.
class HttpFramingTest {
  private final HttpDestination destination = HttpDestination.start();

  @AfterEach
  void close() {
    destination.close();
  }

  @Test
  void expectContinueGets100Continue() throws Exception {
    try (RawSender raw = new RawSender(destination)) {
      raw.send("PUT /k HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 100 ");
      raw.send("ab");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 200 ");
    }
    assertThat(destination.lines()).containsExactly("ab");
  }

  @Test
  void chunksMayHaveExtensionsAndTrailers() throws Exception {
    try (RawSender raw = new RawSender(destination)) {
      raw.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
      raw.send("3;x=y\r\nab\n\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 200 ");
    }
    assertThat(destination.lines()).containsExactly("ab", "0123456789");
  }

  @Test
  void pipelinedRequestsGetResponsesInOrder() throws Exception {
    destination.respondNext(ScriptedResponse.status(201), ScriptedResponse.status(202));
    try (RawSender raw = new RawSender(destination)) {
      raw.send("POST /1 HTTP/1.1\r\nContent-Length: 1\r\n\r\naGET /2 HTTP/1.1\r\n\r\n");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 201 ");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 202 ");
    }
    assertThat(destination.requests())
        .extracting(ReceivedRequest::path)
        .containsExactly("/1", "/2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1\r\nConnection: close", "HTTP/1.0"})
  void connectionEndsOnRequestOfTheSender(String versionAndHeader) throws Exception {
    try (RawSender raw = new RawSender(destination)) {
      raw.send("GET / " + versionAndHeader + "\r\n\r\n");
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void responseToHeadHasNoBody() throws Exception {
    destination.respond(ScriptedResponse.ok().body("body"));
    try (RawSender raw = new RawSender(destination)) {
      raw.send("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(raw.readToEnd()).contains("Content-Length: 4").endsWith("\r\n\r\n");
    }
  }

  @Test
  void truncatedBodyIsRecordedAsIncomplete() throws Exception {
    try (RawSender raw = new RawSender(destination)) {
      raw.send("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc");
      raw.shutdownOutput();
      assertThat(raw.readToEnd()).isEmpty();
    }
    assertThat(destination.requests())
        .extracting(ReceivedRequest::isComplete)
        .containsExactly(false);
    assertThat(destination.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n",
        "GET / HTTP/2\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n",
        "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc",
      })
  void badFramingIsRejected(String request) throws Exception {
    assertThat(responseTo(request)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void hugeHeadIsRejected() throws Exception {
    String start = "GET / HTTP/1.1\r\nX: ";
    String request = start + "x".repeat(RequestReader.HEAD_BYTES_MAX + 2 - start.length());

    assertThat(responseTo(request)).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void hugeBodyIsRejectedByItsLength() throws Exception {
    String head = "POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n";

    assertThat(responseTo(head.formatted(Connection.BODY_BYTES_MAX + 1L)))
        .startsWith("HTTP/1.1 413 ");
    assertThat(responseTo(head.formatted(Long.MAX_VALUE))).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void statusOutsideFinalOnesCannotBeScripted() {
    assertThatThrownBy(() -> ScriptedResponse.status(100))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ScriptedResponse.status(600))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String responseTo(String request) throws IOException {
    try (RawSender raw = new RawSender(destination)) {
      return raw.send(request).readToEnd();
    }
  }
}
