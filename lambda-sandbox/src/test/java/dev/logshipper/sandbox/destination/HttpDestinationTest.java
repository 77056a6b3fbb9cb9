package dev.logshipper.sandbox.destination;

import static dev.logshipper.sandbox.destination.Sender.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The recorded requests and the scripted responses of a destination.
class HttpDestinationTest {
  private final HttpDestination destination = HttpDestination.start();
  private final Sender sender = new Sender(destination);

  @AfterEach
  void close() {
    sender.close();
    destination.close();
  }

  @Test
  void requestIsRecordedAsSent() throws Exception {
    long before = System.nanoTime();
    sender.send(sender.request(BodyPublishers.ofString("{\"a\":1}\n")).header("X-Batch", "b-1"));

    ReceivedRequest request = destination.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/logs?source=test");
    assertThat(request.headers()).containsEntry("x-batch", "b-1");
    assertThat(request.header("X-BATCH")).contains("b-1");
    assertThat(request.body()).isEqualTo("{\"a\":1}\n".getBytes(UTF_8));
    assertThat(request.isComplete()).isTrue();
    assertThat(request.responded()).isTrue();
    assertThat(request.response()).isEqualTo(ScriptedResponse.ok());
    assertThat(request.receivedNanos()).isBetween(before, System.nanoTime());
  }

  @Test
  void usualResponseIs200WithoutBody() throws Exception {
    HttpResponse<String> response = sender.post("x");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void scriptedResponsesAreSentInOrderThenTheUsualOne() throws Exception {
    destination.respond(ScriptedResponse.status(204));
    destination.respondNext(
        ScriptedResponse.status(503), ScriptedResponse.status(429).retryAfterSeconds(1));

    assertThat(sender.post("x").statusCode()).isEqualTo(503);
    HttpResponse<String> throttled = sender.post("x");
    assertThat(throttled.statusCode()).isEqualTo(429);
    assertThat(throttled.headers().firstValue("Retry-After")).contains("1");
    assertThat(sender.post("x").statusCode()).isEqualTo(204);
    assertThat(sender.post("x").statusCode()).isEqualTo(204);
  }

  @Test
  void responseHasHeadersAndBody() throws Exception {
    destination.respond(ScriptedResponse.ok().header("ETag", "\"1\"").body("grüß"));

    HttpResponse<String> response = sender.post("x");

    assertThat(response.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(response.body()).isEqualTo("grüß");
  }

  @Test
  void computedResponseDependsOnTheRequest() throws Exception {
    destination.respond(
        ScriptedResponse.computed(request -> ScriptedResponse.ok().body(request.bodyText() + "!")));

    assertThat(sender.post("echo").body()).isEqualTo("echo!");
    assertThat(destination.requests().getFirst().response())
        .isEqualTo(ScriptedResponse.ok().body("echo!"));
  }

  @Test
  void gzipIsRecordedAsSentAndDecodedInText() throws Exception {
    byte[] zipped = gzip("{\"a\":1}\n{\"a\":2}\n");
    sender.send(
        sender.request(BodyPublishers.ofByteArray(zipped)).header("Content-Encoding", "gzip"));

    ReceivedRequest request = destination.requests().getFirst();
    assertThat(request.body()).isEqualTo(zipped);
    assertThat(request.bodyText()).isEqualTo("{\"a\":1}\n{\"a\":2}\n");
    assertThat(destination.lines()).containsExactly("{\"a\":1}", "{\"a\":2}");
  }

  @Test
  void bodyThatDoesNotMatchItsEncodingFailsTheReader() throws Exception {
    sender.send(sender.request(BodyPublishers.ofString("x")).header("Content-Encoding", "gzip"));
    sender.send(sender.request(BodyPublishers.ofString("x")).header("Content-Encoding", "br"));

    ReceivedRequest notGzip = destination.requests().get(0);
    ReceivedRequest unknown = destination.requests().get(1);
    assertThatThrownBy(notGzip::bodyText).isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(unknown::bodyText).hasMessageContaining("br");
  }

  @Test
  void chunkedBodyIsJoined() throws Exception {
    sender.send(
        sender.request(
            BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream("a\nb\n".repeat(20_000).getBytes(UTF_8)))));

    ReceivedRequest request = destination.requests().getFirst();
    assertThat(request.headers()).containsEntry("Transfer-Encoding", "chunked");
    assertThat(request.lines()).hasSize(40_000).startsWith("a", "b").endsWith("a", "b");
  }

  @Test
  void linesAreThoseOfAcknowledgedRequests() throws Exception {
    destination.respondNext(
        ScriptedResponse.ok(), ScriptedResponse.status(500), ScriptedResponse.status(202));
    sender.post("1\n2\n");
    sender.post("3\n");
    sender.post("4\n\n5");

    assertThat(destination.lines()).containsExactly("1", "2", "4", "5");
  }

  @Test
  void keptConnectionCarriesSeveralRequests() throws Exception {
    sender.post("x");
    sender.post("y");

    assertThat(destination.connections()).isEqualTo(1);
    assertThat(destination.requests()).extracting(ReceivedRequest::connectionId).containsOnly(1);
  }

  @Test
  void bytesOfHeadAndBodyAreCounted() throws Exception {
    String request = "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
    try (RawSender raw = new RawSender(destination)) {
      raw.send(request).readHead();
    }

    assertThat(destination.bytesReceived()).isEqualTo(request.length());
  }

  @Test
  void waitingEndsWhenEnoughArrived() throws Exception {
    CompletableFuture<Integer> status = sender.postInBackground("1\n2\n");

    assertThat(destination.awaitLines(2, PATIENCE)).containsExactly("1", "2");
    assertThat(destination.awaitRequests(1, PATIENCE)).hasSize(1);
    assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(200);
  }

  @Test
  void timeoutReportsTheNumberReceived() throws Exception {
    sender.post("1\n");

    assertThatThrownBy(() -> destination.awaitLines(2, Duration.ofMillis(20)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("1 lines after PT0.02S, waited for 2");
    assertThatThrownBy(() -> destination.awaitRequests(2, Duration.ZERO))
        .hasMessage("1 requests after PT0S, waited for 2");
  }

  @Test
  void clearForgetsRequestsAndKeepsResponses() throws Exception {
    destination.respond(ScriptedResponse.status(202));
    sender.post("1\n");
    destination.clear();

    assertThat(destination.requests()).isEmpty();
    assertThat(destination.lines()).isEmpty();
    assertThat(sender.post("2\n").statusCode()).isEqualTo(202);
    assertThat(destination.connections()).isEqualTo(1);
  }

  @Test
  void closedDestinationRefusesConnectionsAndKeepsItsRecord() throws Exception {
    sender.post("1\n");
    destination.close();

    assertThatThrownBy(() -> sender.post("2\n")).isInstanceOf(ConnectException.class);
    assertThat(destination.lines()).containsExactly("1");
  }

  @Test
  void destinationCanRestartOnTheSamePort() throws Exception {
    sender.post("1\n");
    destination.close();

    try (HttpDestination again = HttpDestination.start(destination.port())) {
      assertThat(sender.post("2\n").statusCode()).isEqualTo(200);
      assertThat(again.url()).isEqualTo(destination.url());
      assertThat(again.lines()).containsExactly("2");
    }
  }

  @Test
  void portInUseIsReported() {
    assertThatThrownBy(() -> HttpDestination.start(destination.port()))
        .isInstanceOf(UncheckedIOException.class);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text.getBytes(UTF_8));
    }
    return zipped.toByteArray();
  }
}
