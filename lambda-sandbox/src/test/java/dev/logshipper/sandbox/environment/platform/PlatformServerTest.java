package dev.logshipper.sandbox.environment.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.environment.telemetry.DeliveryRules;
import dev.logshipper.sandbox.environment.telemetry.SubscriptionRules;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformServerTest {

  private static final String EXTENSIONS = "/2020-01-01/extension/";

  private final FunctionIdentity function =
      new FunctionIdentity("f", "$LATEST", "index.handler", "us-east-1", "123456789012", "");
  private final TelemetryHub hub =
      new TelemetryHub(
          new SubscriptionRules(false, true, true, Set.of()),
          new DeliveryRules(1_000, 10),
          (kind, details) -> {});
  private final PlatformServer server = new PlatformServer(function, hub, InstantSource.system());
  private final EnvironmentState generation =
      new EnvironmentState(Set.of("known"), false, (kind, details) -> {});
  private final HttpClient client = HttpClient.newHttpClient();

  PlatformServerTest() {
    server.serve(generation);
  }

  @AfterEach
  void close() {
    client.shutdownNow();
    server.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, `{}`, Extension.InvalidExtensionName",
        "known, `{`, InvalidRequestFormat",
        "known, `{\"events\":[\"BOGUS\"]}`, Extension.InvalidEventType",
        "known, `{\"configurationKeys\":[\"x\"]}`, InvalidRequestFormat",
        "unknown, `{\"events\":[\"SHUTDOWN\"]}`, Extension.InvalidEventType",
      })
  void invalidRegistrationIsRejected(String name, String body, String errorType) throws Exception {
    HttpResponse<String> response = register(name, body);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("\"errorType\":\"" + errorType + "\"");
  }

  @Test
  void registrationReturnsTheFunctionAndAnIdentifier() throws Exception {
    HttpResponse<String> response =
        send(
            "POST",
            "register",
            "{}",
            "Lambda-Extension-Name",
            "known",
            "Lambda-Extension-Accept-Feature",
            "other, accountId");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Lambda-Extension-Identifier")).isPresent();
    assertThat(response.body())
        .isEqualTo(
            "{\"functionName\":\"f\",\"functionVersion\":\"$LATEST\","
                + "\"handler\":\"index.handler\",\"accountId\":\"123456789012\"}");
  }

  @Test
  void secondRegistrationIsRejected() throws Exception {
    assertThat(register("known", "{}").statusCode()).isEqualTo(200);

    assertThat(register("known", "{}").body()).contains("Extension.InvalidExtensionState");
  }

  @Test
  void eleventhExtensionIsRejected() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(register("internal-" + i, "{}").statusCode()).isEqualTo(200);
    }

    assertThat(register("known", "{}").body()).contains("Extension.TooManyExtensions");
  }

  @Test
  void internalExtensionCannotRegisterAfterInit() throws Exception {
    generation.closeRegistration();

    assertThat(register("internal", "{}").body()).contains("Extension.RegistrationClosed");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, Extension.MissingExtensionIdentifier",
        "no-uuid, Extension.InvalidExtensionIdentifier",
        "6f7f0961-83a7-4d7d-b5a1-0a3f0b1b1b1b, Extension.UnknownExtensionIdentifier",
      })
  void nextRequiresAKnownIdentifier(String identifier, String errorType) throws Exception {
    HttpResponse<String> response =
        send("GET", "event/next", "", "Lambda-Extension-Identifier", identifier);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains(errorType);
  }

  @Test
  void errorReportRequiresAType() throws Exception {
    String id = registered();

    assertThat(send("POST", "exit/error", "{}", "Lambda-Extension-Identifier", id).body())
        .contains("Extension.MissingHeader");
    assertThat(
            send(
                    "POST",
                    "exit/error",
                    "{}",
                    "Lambda-Extension-Identifier",
                    id,
                    "Lambda-Extension-Function-Error-Type",
                    "Extension.X")
                .statusCode())
        .isEqualTo(202);
    assertThat(send("GET", "event/next", "", "Lambda-Extension-Identifier", id).body())
        .contains("Extension.InvalidExtensionState");
    assertThat(generation.failure()).extracting("errorType").isEqualTo("Extension.ExitError");
  }

  @Test
  void trailingSlashIsNotFound() throws Exception {
    assertThat(request("PUT", "/2022-07-01/telemetry/", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void subscriptionRequiresAnIdentifier() throws Exception {
    assertThat(request("PUT", "/2022-07-01/telemetry", "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void pipelinedRequestsGetResponsesInOrder() throws Exception {
    String id = registered();
    String next =
        "GET /2020-01-01/extension/event/next HTTP/1.1\r\nLambda-Extension-Identifier: "
            + id
            + "\r\n\r\n";
    String[] address = server.address().split(":", 2);
    try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
      socket.getOutputStream().write((next + next).getBytes(StandardCharsets.US_ASCII));
      awaitResting();
      generation.toExtensions(new InvocationTask("1", 0), "arn");
      HttpWireReader reader = new HttpWireReader(socket);
      assertThat(reader.body()).contains("INVOKE");

      awaitResting();
      generation.shutdown("spindown", 0);

      assertThat(reader.body()).contains("SHUTDOWN");
    }
  }

  @Test
  void chunkedRequestIsRead() throws Exception {
    String[] address = server.address().split(":", 2);
    try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
      String request =
          """
          POST /2020-01-01/extension/register HTTP/1.1
          Lambda-Extension-Name: known
          Transfer-Encoding: chunked

          4
          {"ev
          a
          ents":[]}\s
          0

          """
              .replace("\n", "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

      assertThat(new HttpWireReader(socket).body()).contains("functionName");
    }
  }

  /// Reads responses from a bare connection.
  private record HttpWireReader(Socket socket) {

    String body() throws IOException {
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        head.append((char) socket.getInputStream().read());
      }
      String length = head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
      byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length));
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private void awaitResting() throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    assertThat(generation.awaitExtensionsIdle(deadlineNanos)).isTrue();
  }

  private String registered() throws Exception {
    return register("known", "{\"events\":[\"INVOKE\",\"SHUTDOWN\"]}")
        .headers()
        .firstValue("Lambda-Extension-Identifier")
        .orElseThrow();
  }

  private HttpResponse<String> register(String name, String body) throws Exception {
    return send("POST", "register", body, "Lambda-Extension-Name", name);
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    return request(method, EXTENSIONS + path, body, headers);
  }

  private HttpResponse<String> request(String method, String path, String body, String... headers)
      throws Exception {
    var request =
        java.net.http.HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
