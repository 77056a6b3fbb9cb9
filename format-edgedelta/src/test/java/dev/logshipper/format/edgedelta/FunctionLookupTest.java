package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.FormatFixture.batch;
import static dev.logshipper.format.edgedelta.FormatFixture.encode;
import static dev.logshipper.format.edgedelta.FormatFixture.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionLookupTest {
  private static final String FOUND =
      """
      {"Code":{"Location":"https://x"},
       "Configuration":{"FunctionName":"hello","Architectures":["x86_64","arm64"],
         "Environment":{"Variables":{"TOKEN":"hush"}},"MemorySize":256,"Runtime":"python3.13"},
       "Tags":{"team":"logs \\"a\\"","env":"prod"}}\
      """;

  private static final String SNAP_START =
      "{\"AccessKeyId\":\"SNAPKEY\",\"SecretAccessKey\":\"s\",\"Token\":\"snapped\"}";

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final BlockingQueue<Map<String, String>> requests = new LinkedBlockingQueue<>();
  private final Map<String, String> environment = new HashMap<>();
  private HttpServer server;
  private int status = 200;
  private String response = FOUND;
  private String location = "";

  @BeforeEach
  void startLambdaApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::respond);
    server.start();
    environment.put("ED_FORWARD_LAMBDA_TAGS", "true");
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "hush-hush");
    environment.put("AWS_SESSION_TOKEN", "session");
    environment.put("AWS_ENDPOINT_URL_LAMBDA", "http://localhost:" + server.getAddress().getPort());
  }

  @AfterEach
  void stopLambdaApi() {
    server.stop(0);
  }

  @Test
  void eachLineHasTheTagsAndTheFunctionsDetails() throws Exception {
    assertThat(encode(encoder(), batch("b", line("x"))))
        .contains(
            "\"memory_size\":\"256\",\"tags\":{\"env\":\"prod\",\"team\":\"logs \\\"a\\\"\"}},")
        .contains(
            "\"log_type\":\"function\",\"host.arch\":\"x86_64,arm64\","
                + "\"process.runtime.name\":\"python3.13\",\"message\":");
    assertThat(output.size()).isZero();
  }

  @Test
  void tagsAreFetchedThroughAProxy() throws Exception {
    environment.put("HTTP_PROXY", "http://127.0.0.1:" + server.getAddress().getPort());
    environment.put("AWS_ENDPOINT_URL_LAMBDA", "http://lambda.invalid");

    assertThat(encode(encoder(), batch("b", line("x")))).contains("\"team\":\"logs");
  }

  @Test
  void eachTagHasThePrefix() throws Exception {
    environment.put("ED_TAG_PREFIX", "ed_");

    assertThat(encode(encoder(), batch("b", line("x"))))
        .contains("\"tags\":{\"ed_env\":\"prod\",\"ed_team\":");
  }

  @Test
  void requestIsSignedAndNamesTheFunction() throws Exception {
    encode(encoder(), batch("b", line("x")));

    assertThat(requests.take())
        .containsEntry("line", "GET /2015-03-31/functions/hello")
        .containsEntry("X-amz-security-token", "session")
        .hasEntrySatisfying(
            "Authorization",
            value ->
                assertThat(value)
                    .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                    .contains("/eu-west-1/lambda/aws4_request")
                    .contains("SignedHeaders=host;x-amz-date;x-amz-security-token"));
  }

  @Test
  void redirectIsNotFollowed() throws Exception {
    status = 302;
    location = "/elsewhere";

    assertThat(encode(encoder(), batch("b", line("x")))).doesNotContain("tags");
    assertThat(output.toString(UTF_8)).contains("lambda:GetFunction failed (302)");
    assertThat(requests).hasSize(1);
  }

  @Test
  void connectionIsNotKept() throws Exception {
    encode(encoder(), batch("b", line("x")));

    assertThat(requests.take()).containsEntry("Connection", "close");
  }

  @Test
  void generalEndpointIsUsedWithoutOneForLambda() throws Exception {
    environment.put("AWS_ENDPOINT_URL", environment.remove("AWS_ENDPOINT_URL_LAMBDA"));

    assertThat(encode(encoder(), batch("b", line("x")))).contains("\"tags\"");
  }

  @Test
  void functionIsLookedUpOnce() throws Exception {
    NdjsonEncoder encoder = encoder();

    encode(encoder, batch("b", line("x")));
    encode(encoder, batch("c", line("x")));

    assertThat(requests).hasSize(1);
  }

  @Test
  void nothingIsRequestedWithoutTheSetting() throws Exception {
    environment.remove("ED_FORWARD_LAMBDA_TAGS");

    assertThat(encode(encoder(), batch("b", line("x")))).doesNotContain("tags");
    assertThat(requests).isEmpty();
  }

  @Test
  void missingPermissionIsReportedOnce() throws Exception {
    status = 403;
    response = "{\"Message\":\"User arn:secret is not authorized\"}";
    NdjsonEncoder encoder = encoder();

    assertThat(encode(encoder, batch("b", line("x")))).doesNotContain("tags");
    encode(encoder, batch("c", line("x")));

    assertThat(output.toString(UTF_8))
        .containsOnlyOnce("lambda:GetFunction is not allowed (403)")
        .doesNotContain("arn:secret");
    assertThat(requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{\"Tags\":{\"a\":\"b\"", "[1]"})
  void invalidResponseLosesTheTagsOnly(String nonsense) throws Exception {
    response = nonsense;

    assertThat(encode(encoder(), batch("b", line("x")))).endsWith("\"message\":\"x\"}\n");
    assertThat(output.toString(UTF_8)).contains("returned an invalid response");
  }

  @Test
  void functionFromAnImageHasNoRuntime() throws Exception {
    response = "{\"Configuration\":{\"Runtime\":null,\"Architectures\":null},\"Tags\":null}";

    assertThat(encode(encoder(), batch("b", line("x"))))
        .doesNotContain("process.runtime.name")
        .doesNotContain("host.arch");
    assertThat(output.size()).isZero();
  }

  @Test
  void missingCredentialsAreNamed() throws Exception {
    environment.remove("AWS_SECRET_ACCESS_KEY");

    assertThat(encode(encoder(), batch("b", line("x")))).doesNotContain("tags");
    assertThat(output.toString(UTF_8)).contains("AWS_SECRET_ACCESS_KEY");
    assertThat(requests).isEmpty();
  }

  @Test
  void credentialsOfSnapStartComeFromTheirEndpoint() throws Exception {
    environment.remove("AWS_ACCESS_KEY_ID");
    environment.remove("AWS_SECRET_ACCESS_KEY");
    environment.put(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        environment.get("AWS_ENDPOINT_URL_LAMBDA") + "/credentials");
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "for-this-endpoint");

    assertThat(encode(encoder(), batch("b", line("x")))).contains("\"env\":\"prod\"");
    assertThat(requests.remove().get("Authorization")).isEqualTo("for-this-endpoint");
    assertThat(requests.remove())
        .containsEntry("X-amz-security-token", "snapped")
        .hasEntrySatisfying(
            "Authorization", value -> assertThat(value).contains("Credential=SNAPKEY/"));
  }

  @Test
  void unusableCaBundleIsReportedAndCostsNothing() throws Exception {
    environment.put("AWS_CA_BUNDLE", "/nowhere.pem");

    assertThat(encode(encoder(), batch("b", line("x")))).contains("\"env\":\"prod\"");
    assertThat(output.toString(UTF_8))
        .contains(
            "AWS_CA_BUNDLE: cannot read /nowhere.pem, expected PEM certificates; only"
                + " public CAs are trusted");
  }

  @Test
  void unreachableEndpointLosesTheTagsOnly() throws Exception {
    server.stop(0);

    assertThat(encode(encoder(), batch("b", line("x")))).endsWith("\"message\":\"x\"}\n");
    assertThat(output.toString(UTF_8)).contains("GetFunction failed (connection refused)");
  }

  private NdjsonEncoder encoder() {
    return NdjsonEncoder.enriched(FormatFixture.context(environment, output));
  }

  private void respond(HttpExchange exchange) throws IOException {
    Map<String, String> request = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> request.put(name, values.getFirst()));
    request.put("line", exchange.getRequestMethod() + " " + exchange.getRequestURI());
    requests.add(request);
    if (!location.isEmpty()) {
      exchange.getResponseHeaders().add("Location", location);
    }
    boolean forCredentials = exchange.getRequestURI().getPath().equals("/credentials");
    byte[] body = (forCredentials ? SNAP_START : response).getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
