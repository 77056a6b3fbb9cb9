package dev.logshipper.client.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

@Timeout(30)
class SdkHttp1ClientTest {
  private final MockWebServer server = new MockWebServer();
  private final SdkHttp1Client client =
      new SdkHttp1Client(
          () -> {
            throw new AssertionError("no TLS here");
          },
          System::currentTimeMillis,
          null,
          new ListedDiagnostics(new ArrayList<>()));

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void requestAndResponseAreConverted() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(403)
            .addHeader("A", "1")
            .addHeader("A", "2")
            .body("no")
            .build());
    client.begin();
    HttpExecuteResponse response =
        client
            .prepareRequest(
                HttpExecuteRequest.builder()
                    .request(
                        head()
                            .encodedPath("/a%2Fb")
                            .putRawQueryParameter("list-type", "2")
                            .putHeader("X-Amz", "x")
                            .putHeader("Content-Length", "4")
                            .build())
                    .contentStreamProvider(ContentStreamProvider.fromUtf8String("body"))
                    .build())
            .call();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getRequestLine()).isEqualTo("PUT /a%2Fb?list-type=2 HTTP/1.1");
    assertThat(request.getHeaders().get("X-Amz")).isEqualTo("x");
    assertThat(request.getHeaders().values("Content-Length")).containsExactly("4");
    assertThat(request.getBody()).isEqualTo(ByteString.encodeUtf8("body"));
    assertThat(response.httpResponse().statusCode()).isEqualTo(403);
    assertThat(response.httpResponse().matchingHeaders("a")).containsExactly("1", "2");
    try (InputStream body = response.responseBody().orElseThrow()) {
      assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("no");
    }
  }

  @Test
  void bodyOfUnknownLengthIsNotSent() {
    client.begin();
    HttpExecuteRequest request =
        HttpExecuteRequest.builder()
            .request(head().build())
            .contentStreamProvider(ContentStreamProvider.fromUtf8String("body"))
            .build();

    assertThatThrownBy(() -> client.prepareRequest(request).call())
        .hasMessage("a body of unknown length");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void requestsOfACancelledCallAreNotSentAndThoseOfTheNextOneAre() throws Exception {
    server.enqueue(new MockResponse.Builder().build());
    HttpExecuteRequest request = HttpExecuteRequest.builder().request(head().build()).build();
    client.begin().cancel();
    assertThatThrownBy(() -> client.prepareRequest(request).call()).isInstanceOf(IOException.class);
    assertThat(server.getRequestCount()).isZero();

    client.begin();
    assertThat(client.prepareRequest(request).call().httpResponse().statusCode()).isEqualTo(200);
  }

  @Test
  void warmUpConnectsAndSendsNothing() {
    HttpExecuteRequest request = HttpExecuteRequest.builder().request(head().build()).build();
    client.beginWarmUp();

    assertThatThrownBy(() -> client.prepareRequest(request).call())
        .hasMessage("this was a warm-up");
    assertThat(server.getRequestCount()).isZero();
  }

  private SdkHttpRequest.Builder head() {
    return SdkHttpRequest.builder().method(SdkHttpMethod.PUT).uri(server.url("/").uri());
  }
}
