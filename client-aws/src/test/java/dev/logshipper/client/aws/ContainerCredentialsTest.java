package dev.logshipper.client.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.support.text.Timestamps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class ContainerCredentialsTest {
  private static final long MINUTE = 60_000;

  private final AtomicLong epochMillis = new AtomicLong(1_795_256_130_000L);
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void credentialsAreRequestedWithTheTokenAndKept() throws Exception {
    enqueue("one", 60);
    SinkCredentials credentials = credentials();

    assertThat(credentials.resolveCredentials())
        .isEqualTo(AwsSessionCredentials.create("one", "hush", "hushhush"));
    epochMillis.addAndGet(54 * MINUTE);
    assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("one");

    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/2021-04-23/credentials");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("token");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void credentialsAboutToExpireAreRenewed() {
    enqueue("one", 60);
    enqueue("two", 120);
    SinkCredentials credentials = credentials();
    AwsCredentials _ = credentials.resolveCredentials();
    epochMillis.addAndGet(55 * MINUTE);

    assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("two");
  }

  @Test
  void credentialsThatCannotBeRenewedAreUsedUntilTheyExpire() {
    enqueue("one", 60);
    server.enqueue(new MockResponse.Builder().code(500).build());
    server.enqueue(new MockResponse.Builder().code(500).build());
    SinkCredentials credentials = credentials();
    AwsCredentials _ = credentials.resolveCredentials();
    epochMillis.addAndGet(56 * MINUTE);
    assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("one");

    epochMillis.addAndGet(4 * MINUTE);
    assertThatThrownBy(credentials::resolveCredentials).isInstanceOf(SdkClientException.class);
  }

  @Test
  void credentialsRejectedAsExpiredAreRequestedAgain() {
    enqueue("one", 60);
    enqueue("two", 60);
    SinkCredentials credentials = credentials();
    AwsCredentials _ = credentials.resolveCredentials();
    epochMillis.addAndGet(2 * MINUTE);

    assertThat(credentials.forget()).isTrue();
    assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("two");
    assertThat(credentials.forget()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hush", "{}", "{\"AccessKeyId\":\"hush\"}", "[1]"})
  void invalidResponseIsReportedWithoutItsText(String response) throws Exception {
    server.enqueue(new MockResponse.Builder().body(response).build());
    try (AwsAccess access = FirstCall.access("a", settings())) {
      assertThatThrownBy(() -> FirstCall.put(access, 10, FirstCall.in(20_000)))
          .isInstanceOfSatisfying(
              SdkException.class,
              failure ->
                  assertThat(access.classify(failure, "x"))
                      .isEqualTo(
                          SendResult.notSent(
                              "no credentials: the local credentials endpoint does not return any")));
    }
  }

  private void enqueue(String key, int minutes) {
    String expiration = Timestamps.format(epochMillis.get() + minutes * MINUTE);
    server.enqueue(
        new MockResponse.Builder()
            .body(
                "{\"Other\":{\"a\":[1]},\"AccessKeyId\":\""
                    + key
                    + "\",\"SecretAccessKey\":\"hush\",\"Token\":\"hushhush\",\"Expiration\":\""
                    + expiration
                    + "\"}")
            .build());
  }

  private SinkCredentials credentials() {
    SdkHttp1Client http =
        new SdkHttp1Client(
            () -> {
              throw new AssertionError("no TLS here");
            },
            epochMillis::get,
            null,
            new ListedDiagnostics(new ArrayList<>()));
    return SinkCredentials.ofFunction(settings(), http, epochMillis::get);
  }

  private Settings settings() {
    return FirstCall.settings(
        "AWS_ACCESS_KEY_ID",
        "",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        server.url("/2021-04-23/credentials").toString(),
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "token");
  }
}
