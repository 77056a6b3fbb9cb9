package dev.logshipper.client.aws;

import static dev.logshipper.client.aws.FirstCall.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.config.Settings;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

@Timeout(60)
class AwsAccessTest {
  private static final Duration GRACE = Duration.ofSeconds(3);

  /// The very first call lasts seconds on a busy machine.
  @BeforeAll
  static void warmUp() throws Exception {
    try (HttpDestination server = HttpDestination.start();
        AwsAccess access = FirstCall.access(server.url())) {
      Object _ = FirstCall.put(access, 10, in(20_000));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://a, http://b:1, http://a",
    "'', http://b:1, http://b:1",
    "https://a/, '', https://a",
    "'', '', s3 in eu-west-1",
  })
  void endpointOfTheServiceTakesPrecedence(String ofService, String ofAll, String expected) {
    Settings settings =
        FirstCall.settings("AWS_ENDPOINT_URL_S3", ofService, "AWS_ENDPOINT_URL", ofAll);

    assertThat(FirstCall.access("eu-west-1", settings)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_USE_FIPS_ENDPOINT, s3 in us-east-1 (AWS_USE_FIPS_ENDPOINT is true), s3-fips.us-east-1.amazonaws.com",
    "AWS_USE_DUALSTACK_ENDPOINT, s3 in us-east-1 (AWS_USE_DUALSTACK_ENDPOINT is true), s3.dualstack.us-east-1.amazonaws.com",
  })
  void kindOfPublicEndpointIsSelected(String variable, String described, String host)
      throws Exception {
    List<String> hosts = new ArrayList<>();
    try (AwsAccess access = FirstCall.access("us-east-1", FirstCall.settings(variable, "true"));
        S3Client client =
            access
                .prepare(S3Client.builder())
                .forcePathStyle(true)
                .httpClient(new RecordedHosts(hosts))
                .build()) {
      assertThat(access).hasToString(described);
      assertThatThrownBy(() -> client.deleteBucket(of -> of.bucket("b")))
          .isInstanceOf(SdkException.class);
    }
    assertThat(hosts).containsExactly(host);
  }

  private record RecordedHosts(List<String> hosts) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      hosts.add(request.httpRequest().host());
      throw SdkClientException.create("not sent");
    }

    @Override
    public void close() {}
  }

  @Test
  void endpointTakesPrecedenceOverAKindOfPublicEndpoint() throws Exception {
    try (HttpDestination server = HttpDestination.start();
        AwsAccess access =
            FirstCall.access(
                "eu-west-1",
                FirstCall.settings(
                    "AWS_ENDPOINT_URL",
                    server.url(),
                    "AWS_USE_FIPS_ENDPOINT",
                    "true",
                    "AWS_USE_DUALSTACK_ENDPOINT",
                    "true"))) {
      Object _ = FirstCall.put(access, 10, in(20_000));

      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void missingRegionIsReported() {
    assertThatThrownBy(() -> FirstCall.access("", FirstCall.settings()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no region: expected AWS_REGION, as Lambda sets it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
  void missingCredentialsAreReported(String variable) {
    assertThatThrownBy(() -> FirstCall.access("x", FirstCall.settings(variable, "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
        .hasMessageNotContaining("hush");
  }

  @Test
  void anotherRegionKeepsTheEndpoint() {
    AwsAccess access = FirstCall.access("a", FirstCall.settings()).in("b");

    assertThat(access).hasToString("s3 in b");
    assertThat(access.region()).isEqualTo("b");
    assertThat(FirstCall.access("http://x").in("b")).hasToString("http://x");
  }

  @Test
  void silenceEndsByTheDeadline() throws Exception {
    try (HttpDestination server = HttpDestination.start();
        AwsAccess access = FirstCall.access(server.url())) {
      server.respondNext(ScriptedResponse.hang());
      Deadline deadline = in(1_000);

      assertThatThrownBy(() -> FirstCall.put(access, 10, deadline))
          .isInstanceOf(TimeoutException.class)
          .hasMessage("waiting for a response from " + access);
      assertInTime(deadline);
      assertNothingRuns();
    }
  }

  @Test
  void connectionThatIsNeverAcceptedEndsByTheDeadline() throws Exception {
    // An address of the documentation network (RFC 5737): no response, or an error of the network.
    try (AwsAccess access = FirstCall.access("http://192.0.2.1:81")) {
      Deadline deadline = in(1_000);

      assertThatThrownBy(() -> FirstCall.put(access, 10, deadline))
          .isInstanceOfAny(TimeoutException.class, SdkException.class);
      assertInTime(deadline);
      assertNothingRuns();
    }
  }

  @Test
  void deadlineThatHasPassedSendsNothing() throws Exception {
    try (HttpDestination server = HttpDestination.start();
        AwsAccess access = FirstCall.access(server.url())) {
      assertThatThrownBy(() -> FirstCall.put(access, 10, in(-1)))
          .isInstanceOf(TimeoutException.class);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void timeoutIsDescribed() {
    try (AwsAccess access = FirstCall.access("http://127.0.0.1:9/x")) {
      assertThat(access.classify(new TimeoutException("sending to S3")))
          .isEqualTo(SendResult.retry("timed out sending to S3"));
      assertThat(access.classify(new TimeoutException()))
          .isEqualTo(SendResult.retry("timed out before sending to http://127.0.0.1:9"));
    }
  }

  @Test
  void refusedConnectionIsDescribed() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(resultOf("http://127.0.0.1:" + port))
        .isEqualTo(
            SendResult.retry("cannot reach http://127.0.0.1:" + port + ": connection refused"));
  }

  @Test
  void connectionClosedBeforeAResponseIsDescribedAndNotRepeated() throws Exception {
    try (HttpDestination server = HttpDestination.start()) {
      server.respond(ScriptedResponse.raw(""));

      assertThat(resultOf(server.url()))
          .isEqualTo(
              SendResult.retry(
                  "cannot reach " + server.url() + ": connection closed before a response"));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void responseThatIsNotHttpIsDescribed() throws Exception {
    try (HttpDestination server = HttpDestination.start()) {
      server.respond(ScriptedResponse.raw("SSH-2.0-OpenSSH_9.6 hush\r\n\r\n"));

      assertThat(resultOf(server.url()))
          .asString()
          .contains("the response is not HTTP/1.1")
          .doesNotContain("hush");
    }
  }

  private static SendResult resultOf(String endpoint) throws Exception {
    try (AwsAccess access = FirstCall.access(endpoint)) {
      Object _ = FirstCall.put(access, 10, in(20_000));
      throw new AssertionError("it succeeded");
    } catch (SdkException failure) {
      return FirstCall.access(endpoint).classify(failure, "x");
    }
  }

  /// With some grace for a busy machine.
  private static void assertInTime(Deadline deadline) {
    assertThat(deadline.minus(GRACE.negated()).hasPassed()).isFalse();
  }

  private static void assertNothingRuns() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("log-shipper-s3", "Keep-Alive-Timer")
        .noneMatch(name -> name.startsWith("sdk-"));
  }
}
