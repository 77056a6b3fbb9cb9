package dev.logshipper.secret;

import static dev.logshipper.secret.SecretResponses.ok;
import static dev.logshipper.secret.SecretResponses.response;
import static dev.logshipper.secret.SecretResponses.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.ManualClock;
import dev.logshipper.testkit.RawPeer;
import dev.logshipper.testkit.Records;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Secrets of a lane, read from a server that responds by a script.
@Timeout(30)
class LaneSecretsTest {
  private static final String SECRET =
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:logs-AbCdEf";
  private static final String PARAMETER = "arn:aws:ssm:us-east-1:123456789012:parameter/logs";
  private static final Setting<String> TOKEN =
      Setting.required("TOKEN", Parsers.text(), "A token.").alias("KEY").secret();
  private static final Setting<List<NameValue>> HEADERS =
      Setting.optional("HEADERS", Parsers.pairs('='), "Headers.").secret();
  private static final Setting<Integer> PIN =
      Setting.withDefault("PIN", Parsers.wholeNumber(0, 9999), 1, "A number.").secret();
  private static final List<Setting<?>> OWNED = List.of(TOKEN, HEADERS, PIN);
  private static final SendResult DENIED = SendResult.rejectedByEndpoint("returned 401");

  private final ManualClock clock = new ManualClock();
  private final CapturedOutput output = new CapturedOutput();
  private final LinkedBlockingDeque<String> responses = new LinkedBlockingDeque<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Settings> opened = new ArrayList<>();
  private final List<FakeSink> sinks = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private RawPeer peer;

  @BeforeEach
  void start() throws IOException {
    peer =
        new RawPeer((self, _, in, out) -> {
          while (true) {
            heads.add(self.request(in));
            RawPeer.send(out, responses.takeFirst());
          }
        });
    environment.put("AWS_ENDPOINT_URL", peer.url());
    environment.put("AWS_ACCESS_KEY_ID", "AKID");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("AWS_SESSION_TOKEN", "token");
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
  }

  @Test
  void readsTheSecretsThatVariablesReferTo() throws Exception {
    environment.put("KEY", SECRET + "#token");
    environment.put("HEADERS", "X-Team=a,X-Pass=" + PARAMETER + ",X-User=" + SECRET + "#user");
    responses.add(secret("{\\\"token\\\":\\\"hush\\\",\\\"user\\\":\\\"me\\\"}"));
    responses.add(ok("{\"Parameter\":{\"Type\":\"SecureString\",\"Value\":\"p=1\\n\"}}"));
    LaneSecrets secrets = secrets();

    assertThat(secrets.obtain(soon())).isNull();
    try (Sink _ = secrets.open()) {
      assertThat(opened.getLast().get(TOKEN)).isEqualTo("hush");
      assertThat(opened.getLast().get(HEADERS))
          .isEqualTo(
              List.of(
                  new NameValue("X-Team", "a"),
                  new NameValue("X-Pass", "p=1"),
                  new NameValue("X-User", "me")));
      assertThat(opened.getLast().get(PIN)).isEqualTo(1);
    }
    assertThat(heads).hasSize(2);
    assertThat(heads.getFirst())
        .startsWith("POST / HTTP/1.1\r\n")
        .contains("x-amz-target: secretsmanager.GetSecretValue\r\n")
        .contains("x-amz-security-token: token\r\n")
        .contains("/us-east-1/secretsmanager/aws4_request, SignedHeaders=content-type;host;");
    assertThat(heads.getLast())
        .contains("x-amz-target: AmazonSSM.GetParameter\r\n")
        .contains("/us-east-1/ssm/aws4_request");
  }

  @Test
  void theEndpointOfTheServiceTakesPrecedence() throws Exception {
    environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", peer.url());
    environment.put("TOKEN", SECRET);
    responses.add(secret("hush"));

    assertThat(secrets().obtain(soon())).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|{\"__type\":\"AccessDeniedException\",\"message\":\"hush\"}|Secrets Manager denies"
            + " access: the function's role needs secretsmanager:GetSecretValue, and kms:Decrypt"
            + " where the key is your own",
        "400|{\"__type\":\"com.amazonaws#ResourceNotFoundException\"}|Secrets Manager has no such"
            + " secret",
        "400|{\"__type\":\"ThrottlingException\"}|Secrets Manager returned 400"
            + " ThrottlingException",
        "503|busy|Secrets Manager returned 503",
        "200|busy|Secrets Manager returned an invalid response",
        "200|{\"SecretBinary\":\"AAEC\"}|the secret is binary, expected text",
        "200|{\"SecretString\":\"\"}|the secret is empty",
      })
  void reportsWhyASecretIsUnavailable(int status, String body, String reason) throws Exception {
    environment.put("TOKEN", SECRET);
    responses.add(response(status, body));

    assertThat(secrets().obtain(soon())).isEqualTo("TOKEN: " + reason);
  }

  @Test
  void reportsASlowOrMissingService() throws Exception {
    environment.put("TOKEN", SECRET);
    assertThat(secrets().obtain(within(Duration.ofMillis(200))))
        .startsWith("TOKEN: Secrets Manager timed out ")
        .doesNotContain("logs-AbCdEf");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + port);
    assertThat(secrets().obtain(soon()))
        .isEqualTo("TOKEN: cannot reach 127.0.0.1: connection refused");
  }

  @Test
  void reportsMissingCredentials() throws Exception {
    environment.remove("AWS_ACCESS_KEY_ID");
    environment.put("TOKEN", SECRET);

    assertThat(secrets().obtain(soon())).startsWith("TOKEN: no credentials: expected AWS_ACC");
  }

  @Test
  void reportsASecretThatItsVariableDoesNotAccept() throws Exception {
    environment.put("TOKEN", "plain");
    environment.put("PIN", PARAMETER);
    responses.add(ok("{\"Parameter\":{\"Value\":\"hush\"}}"));

    assertThat(secrets().obtain(soon()))
        .isEqualTo("PIN: the secret is unusable, expected a whole number from 0 to 9999");
  }

  @Test
  void aSecretThatChangedIsReadAfterARejection() throws Exception {
    try (Sink sink = openWith("old")) {
      sinks.getFirst().responding(DENIED);
      clock.advance(Duration.ofSeconds(4));
      responses.add(secret("new"));

      assertThat(send(sink)).isEqualTo(new SendResult.Progress(0));
      assertThat(opened.getLast().get(TOKEN)).isEqualTo("new");
      assertThat(sinks.getFirst().closes()).isEqualTo(1);
      assertThat(send(sink)).isEqualTo(SendResult.DELIVERED);
      assertThat(sinks.getLast().arrived()).containsExactly("a");
    }
  }

  @Test
  void aRejectionCountsOnceTheSecretWasReadAgain() throws Exception {
    try (Sink sink = openWith("wrong")) {
      sinks.getFirst().responding(DENIED, DENIED, DENIED, DENIED);

      SendResult.Retry first = (SendResult.Retry) send(sink);
      assertThat(first.after()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
      assertThat(first.reason()).isEqualTo("returned 401; its secret will be read again");
      clock.advance(Duration.ofSeconds(3));
      responses.add(secret("wrong"));
      assertThat(send(sink)).isEqualTo(DENIED);
      // Not read again before it may be.
      assertThat(send(sink)).isEqualTo(DENIED);
      assertThat(heads).hasSize(2);
      clock.advance(Duration.ofSeconds(3));
      responses.add(secret("right"));
      assertThat(send(sink)).isEqualTo(new SendResult.Progress(0));
    }
  }

  @Test
  void aRejectionIsARetryWhileTheSecretCannotBeRead() throws Exception {
    try (Sink sink = openWith("old")) {
      sinks.getFirst().responding(DENIED);
      clock.advance(Duration.ofSeconds(4));
      responses.add(response(503, ""));

      assertThat(send(sink))
          .isEqualTo(
              SendResult.busy(
                  Duration.ZERO,
                  "returned 401; its secret cannot be read: TOKEN: Secrets Manager returned"
                      + " 503"));
    }
  }

  @Test
  void otherResultsReadNoSecret() throws Exception {
    try (Sink sink = openWith("old")) {
      SendResult ofBatch = SendResult.rejected("returned 400");
      sinks.getFirst().responding(ofBatch);
      clock.advance(Duration.ofMinutes(14));

      assertThat(send(sink)).isEqualTo(ofBatch);
      assertThat(heads).hasSize(1);
    }
  }

  @Test
  void oldSecretsAreReadAgainAndUsedMeanwhile() throws Exception {
    try (Sink sink = openWith("old")) {
      clock.advance(Duration.ofMinutes(15));
      responses.add(response(503, ""));
      assertThat(send(sink)).isEqualTo(SendResult.DELIVERED);
      assertThat(output.text()).contains("TOKEN: Secrets Manager returned 503; the value read");
      assertThat(send(sink)).isEqualTo(SendResult.DELIVERED);
      clock.advance(Duration.ofMinutes(1));
      responses.add(secret("new"));
      assertThat(send(sink)).isEqualTo(SendResult.DELIVERED);
      assertThat(sinks.getFirst().arrived()).hasSize(2);
      assertThat(sinks.getLast().arrived()).hasSize(1);
      assertThat(output.text()).doesNotContain("new");
    }
  }

  private Sink openWith(String token) throws InterruptedException {
    environment.put("TOKEN", SECRET);
    responses.add(secret(token));
    LaneSecrets secrets = secrets();
    assertThat(secrets.obtain(soon())).isNull();
    return secrets.open();
  }

  private static SendResult send(Sink sink) throws IOException, InterruptedException {
    return sink.send(new Batch("id", Records.lines("a")), soon());
  }

  private LaneSecrets secrets() {
    List<Setting<?>> all = new ArrayList<>(OWNED);
    all.addAll(SecretSettings.all());
    Settings settings = Settings.of(environment, all, SecretSettings.classifier());
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.hasReference(OWNED)).isTrue();
    return LaneSecrets.of(
        environment,
        settings,
        OWNED,
        resolved -> {
          opened.add(resolved);
          sinks.add(new FakeSink());
          return sinks.getLast();
        },
        output.diagnostics(),
        clock,
        () -> 1_795_256_130_123L);
  }

  private static Deadline soon() {
    return within(Duration.ofSeconds(20));
  }

  private static Deadline within(Duration duration) {
    return Deadline.after(duration, System::nanoTime);
  }
}
