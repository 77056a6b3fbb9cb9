package dev.logshipper.platform;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.platform.PlatformConnection.Response;
import dev.logshipper.testkit.FakePlatform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class PlatformConnectionTest {
  private final FakePlatform platform = new FakePlatform();
  private final PlatformConnection connection = PlatformConnection.open(platform.authority());

  PlatformConnectionTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    platform.close();
  }

  @Test
  void requestWithABodyHasItsLengthInBytes() throws Exception {
    platform.json(200, "{}");
    connection.exchange("POST", "/a", "\"é\"", "B", "c");
    assertThat(platform.nextRequest())
        .isEqualTo(
            "POST /a HTTP/1.1\r\nHost: "
                + platform.authority()
                + "\r\nB: c\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n\"Ã©\"");
  }

  @Test
  void requestWithoutABodyHasNoLength() throws Exception {
    platform.json(200, "{}");
    connection.exchange("GET", "/a", "");
    assertThat(platform.nextRequest())
        .isEqualTo("GET /a HTTP/1.1\r\nHost: " + platform.authority() + "\r\n\r\n");
  }

  @Test
  void severalExchangesUseOneConnection() throws IOException {
    platform.json(200, "{}", "lambda-extension-IDENTIFIER:  id-7 ").json(202, "ä").json(200, "");
    assertThat(get()).isEqualTo(new Response(200, "id-7", "{}"));
    assertThat(get()).isEqualTo(new Response(202, "", "ä"));
    assertThat(get()).isEqualTo(new Response(200, "", ""));
    assertThat(platform.connections()).isEqualTo(1);
  }

  @Test
  void responseThatHasBegunCanBeReadByTheSuccessor() throws IOException {
    ByteArrayInputStream socket =
        new ByteArrayInputStream(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII));
    new PlatformConnection("a:1", socket, OutputStream.nullOutputStream()).awaitResponse();

    PlatformConnection next =
        new PlatformConnection("a:1", socket, OutputStream.nullOutputStream());
    assertThat(next.receive()).isEqualTo(new Response(200, "", "{}"));
  }

  @Test
  void responsesThatArriveTogetherAreReadOneByOne() throws IOException {
    String response = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n";
    ByteArrayInputStream socket =
        new ByteArrayInputStream((response + "1" + response + "2").getBytes(US_ASCII));
    PlatformConnection connection =
        new PlatformConnection("a:1", socket, OutputStream.nullOutputStream());

    assertThat(connection.receive().body()).isEqualTo("1");
    connection.awaitResponse();
    assertThat(connection.receive().body()).isEqualTo("2");
  }

  @Test
  void chunkedResponsesAreJoined() throws IOException {
    platform.raw(chunked("3", "abc", "A", "0123456789", "0", ""));
    platform.raw(chunked("3;name=value", "abc", "0", "Trailer: x", ""));
    platform.json(200, "next");
    assertThat(get().body()).isEqualTo("abc0123456789");
    assertThat(get().body()).isEqualTo("abc");
    assertThat(get().body()).isEqualTo("next");
  }

  @Test
  void responseWithoutLengthEndsWithItsConnection() throws IOException {
    platform.rawAndClose("HTTP/1.1 403 Forbidden\r\n\r\n{\"errorType\":\"x\"}").json(200, "next");
    assertThat(get()).isEqualTo(new Response(403, "", "{\"errorType\":\"x\"}"));
    assertThat(get().body()).isEqualTo("next");
  }

  @Test
  void connectionClosedBetweenRequestsIsReopenedAndTheRequestRepeated() throws Exception {
    platform.json(200, "first").hangUp().json(200, "second");
    get();
    assertThat(get().body()).isEqualTo("second");
    assertThat(platform.connections()).isEqualTo(2);
    platform.nextRequest();
    assertThat(platform.nextRequest()).isEqualTo(platform.nextRequest());
  }

  @Test
  void connectionClosedAgainIsAFailure() {
    platform.hangUp().hangUp();
    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    assertThat(platform.connections()).isEqualTo(2);
  }

  @Test
  void truncatedResponseIsAFailureAndNotRepeated() {
    platform.rawAndClose("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    assertThat(platform.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "HTTP/1.1 2\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\n"
      })
  void malformedResponseIsAFailure(String response) {
    platform.rawAndClose(response);
    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
  }

  @Test
  void requestOfAnotherProcessIsSentOnlyWhenItsConnectionIsGone() throws Exception {
    connection.remember("GET", "/next", "");
    assertThat(platform.hasNoMoreRequests()).isTrue();
    connection.send("GET", "/first", "");
    platform.hangUp().json(200, "event");
    assertThat(platform.nextRequest()).startsWith("GET /first");
    connection.remember("GET", "/next", "");
    assertThat(connection.receive().body()).isEqualTo("event");
    assertThat(platform.nextRequest()).startsWith("GET /next");
  }

  private static String chunked(String... lines) {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n";
    return head + String.join("\r\n", lines) + "\r\n";
  }

  private Response get() throws IOException {
    return connection.exchange("GET", "/a", "");
  }
}
