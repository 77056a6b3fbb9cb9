package dev.logshipper.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import dev.logshipper.sandbox.destination.s3.S3Destination;
import dev.logshipper.sandbox.destination.secrets.SecretsDestination;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `--send` to the sandbox's destinations: each failure is one finding with its fix.
class SendTest {
  private static final String SECRET = "hunter2";
  private static final Map<String, String> SHELL =
      Map.of("AWS_ACCESS_KEY_ID", "AKID" + SECRET, "AWS_SECRET_ACCESS_KEY", SECRET);
  private static final String TEXT = "a test record of log-shipper's doctor";
  private static final Duration AT_MOST = Duration.ofSeconds(5);

  @TempDir Path folder;

  private CommandRun send(String mode, String url, String... more) throws Exception {
    return send(SHELL, mode, url, more);
  }

  private CommandRun send(Map<String, String> shell, String mode, String url, String... more)
      throws Exception {
    String variables =
        "PUSHER_MODE="
            + mode
            + switch (mode) {
              case "http" -> "\nED_ENDPOINT=" + url + "/in?key=" + SECRET;
              case "loki" ->
                  "\nLOKI_ENV_LABEL=a\nLOKI_APPLICATION_LABEL=b\nLOKI_PASSWORD="
                      + SECRET
                      + "\nLOKI_USERNAME=user\nLOKI_ENDPOINT_URL="
                      + url;
              case "s3" ->
                  "\nPUSHER_S3_BUCKET=my-logs\nPUSHER_S3_CREATE_BUCKET=false\nAWS_ENDPOINT_URL_S3="
                      + url;
              default -> "\nKINESIS_ENDPOINT=stream\nAWS_ENDPOINT_URL_FIREHOSE=" + url;
            };
    Path file =
        Files.writeString(folder.resolve("env"), variables + "\n" + String.join("\n", more));
    CommandRun run = CommandRun.in(shell, "doctor", "--env-file", file.toString(), "--send");
    assertThat(run.output() + run.errors()).doesNotContain(SECRET);
    return run;
  }

  /// One problem, in at most two lines.
  private static void assertProblem(CommandRun run, String... words) {
    assertThat(run.status()).as(run.output() + run.errors()).isOne();
    List<String> lines = run.output().lines().takeWhile(line -> !line.isEmpty()).toList();
    assertThat(lines).filteredOn(line -> line.startsWith("problem")).hasSize(1);
    int problem = 0;
    while (!lines.get(problem).startsWith("problem")) {
      problem++;
    }
    assertThat(lines.subList(problem, lines.size())).as(run.output()).hasSize(2);
    assertThat(String.join(" ", lines.subList(problem, lines.size()))).contains(words);
    assertThat(lines.getLast()).startsWith("         ").doesNotContain("see docs/doctor.md");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "loki", "s3", "kinesis"})
  void recordArrives(String mode) throws Exception {
    try (Destination destination = Destinations.start(mode)) {
      CommandRun run = send(mode, destination.url());

      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output())
          .contains("ok       " + mode + ": connected to 127.0.0.1:")
          .contains("ok       " + mode + ": a test record was accepted by ");
      assertThat(destination.awaitLines(1, AT_MOST)).hasSize(1).first().asString().contains(TEXT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http, PUSHER_HTTP_CA_FILE",
    "loki, PUSHER_LOKI_CA_FILE",
    "s3, AWS_CA_BUNDLE",
    "kinesis, AWS_CA_BUNDLE"
  })
  void privateAuthorityIsTrustedIfItIsNamed(String mode, String variable) throws Exception {
    try (Destination destination = Destinations.startTls(mode);
        Destination other = Destinations.startTls(mode.equals("s3") ? "http" : "s3")) {
      assertProblem(send(mode, destination.url()), "is not trusted", variable);
      Path wrong = Files.writeString(folder.resolve("wrong.pem"), other.certificatePem());
      if (mode.equals("s3") || mode.equals("http")) {
        assertProblem(
            send(mode, destination.url(), variable + "=" + wrong),
            "is not trusted",
            "ship the PEM file");
      }
      Path right = Files.writeString(folder.resolve("right.pem"), destination.certificatePem());

      CommandRun run = send(mode, destination.url(), variable + "=" + right);

      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output()).doesNotContain("use --send");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "loki", "s3", "kinesis"})
  void unreachableDestinationIsOneProblem(String mode) throws Exception {
    int unused;
    try (ServerSocket socket = new ServerSocket(0)) {
      unused = socket.getLocalPort();
    }

    assertProblem(
        send(mode, "https://no-such-host.invalid"),
        "there is no host named no-such-host.invalid",
        "correct the URL");
    assertProblem(
        send(mode, "http://127.0.0.1:" + unused),
        "refuses the connection",
        "check that the server runs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http    | 301 | use the URL that it redirects to
          loki    | 302 | use the URL that it redirects to
          kinesis | 301 | correct the variable with the endpoint
          loki    | 401 | the password is wrong or missing
          s3      | 401 | to valid credentials
          kinesis | 401 | to valid credentials
          loki    | 403 | may not write there
          s3      | 403 | the policy that scripts/explain prints
          kinesis | 403 | the policy that scripts/explain prints
          http    | 413 | smaller requests
          loki    | 404 | correct the path
          s3      | 404 | correct the variable with the endpoint
          loki    | 429 | try again later
          s3      | 503 | try again later
          kinesis | 500 | try again later
          """)
  void statusIsExplained(String mode, int status, String hint) throws Exception {
    try (Destination destination = Destinations.start(mode)) {
      destination.respond(
          ScriptedResponse.status(status)
              .header("Location", "https://elsewhere.example/?key=" + SECRET));

      assertProblem(send(mode, destination.url()), "not accepted", Integer.toString(status), hint);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | AccessDenied          | the policy that scripts/explain prints
          400 | ExpiredToken          | to valid credentials
          403 | InvalidAccessKeyId    | to valid credentials
          403 | SignatureDoesNotMatch | to valid credentials
          """)
  void errorOfS3IsExplained(int status, String code, String hint) throws Exception {
    try (S3Destination s3 = S3Destination.start("my-logs")) {
      s3.respond(S3Destination.error(status, code, "of " + SECRET));

      assertProblem(send("s3", s3.url()), code, hint);
    }
  }

  @Test
  void bucketOrStreamThatDoesNotExistIsExplained() throws Exception {
    try (S3Destination s3 = S3Destination.start("other-logs");
        FirehoseDestination firehose = FirehoseDestination.start("other")) {
      assertProblem(
          send("s3", s3.url()), "bucket my-logs does not exist", "correct the name, the region");
      assertProblem(
          send("kinesis", firehose.url()), "no delivery stream", "correct the name, the region");
      firehose.respond(FirehoseDestination.exception(400, "AccessDeniedException", SECRET));
      assertProblem(
          send("kinesis", firehose.url()), "PutRecordBatch", "that scripts/explain prints");
      firehose.respond(FirehoseDestination.exception(400, "ExpiredTokenException", SECRET));
      assertProblem(send("kinesis", firehose.url()), "have expired", "to valid credentials");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "kinesis"})
  void missingCredentialsAreExplained(String mode) throws Exception {
    try (Destination destination = Destinations.start(mode)) {
      assertProblem(send(Map.of(), mode, destination.url()), "no credentials", "in this shell");
    }
  }

  @Test
  void secretByReferenceIsRead() throws Exception {
    String arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:logs-AbCdEf";
    try (HttpDestination http = HttpDestination.start();
        SecretsDestination secrets = SecretsDestination.start()) {
      secrets.put(arn, SECRET);
      String[] more = {
        "PUSHER_HTTP_BEARER_TOKEN=" + arn, "AWS_ENDPOINT_URL_SECRETS_MANAGER=" + secrets.url()
      };

      assertThat(send("http", http.url(), more).status()).isZero();
      assertThat(http.requests().getFirst().header("Authorization")).contains("Bearer " + SECRET);
      assertProblem(send(Map.of(), "http", http.url(), more), "no credentials", "in this shell");
      secrets.allow(false);
      assertProblem(
          send("http", http.url(), more), "secretsmanager:GetSecretValue", "docs/secrets.md");
    }
  }

  @Test
  void proxyIsUsedAndItsFailuresAreItsOwn() throws Exception {
    String proxied = "http://logs.example.com";
    try (HttpDestination proxy = HttpDestination.start()) {
      String variable = "PUSHER_HTTP_PROXY=" + withUser(proxy.url());

      assertThat(send("http", proxied, variable).output())
          .contains("a test record was accepted by http sink to http://logs.example.com");
      proxy.respond(ScriptedResponse.status(407));
      assertProblem(send("http", proxied, variable), "407", "the password in the proxy's URL");
      proxy.respond(ScriptedResponse.status(403));
      assertProblem(
          send("loki", "https://logs.example.com", "HTTPS_PROXY=" + withUser(proxy.url())),
          "403 to CONNECT",
          "must allow the destination");
    }
    assertProblem(
        send("s3", proxied, "PUSHER_S3_PROXY=http://user:" + SECRET + "@no-such-proxy.invalid:1"),
        "cannot reach the proxy",
        "correct the proxy's URL");
  }

  private static String withUser(String url) {
    return url.replace("http://", "http://user:" + SECRET + "@");
  }

  @Test
  void wrongProtocolIsExplained() throws Exception {
    try (HttpDestination tls = HttpDestination.startTls();
        HttpDestination plain = HttpDestination.start()) {
      assertProblem(
          send("http", tls.url().replace("https:", "http:")), "invalid HTTP response", "https://");
      assertProblem(
          send("http", plain.url().replace("http:", "https:")), "TLS handshake", "https://");
      plain.respond(ScriptedResponse.raw(SECRET + "\r\n"));
      assertProblem(send("http", plain.url()), "invalid HTTP response", "http://");
      plain.respond(ScriptedResponse.resetAfterBody());
      assertProblem(send("http", plain.url()), "connection reset", "read its log");
      plain.respond(ScriptedResponse.hang());
      assertProblem(
          send("http", plain.url(), "ED_PUSH_TIMEOUT_SEC=1"), "timed out", "check that the dest");
    }
  }

  @Test
  void oneOfSeveralMayFail() throws Exception {
    try (HttpDestination http = HttpDestination.start()) {
      Path file =
          Files.writeString(
              folder.resolve("two"),
              "PUSHER_MODE=http,loki\nED_ENDPOINT="
                  + http.url()
                  + "\nLOKI_ENV_LABEL=a\nLOKI_APPLICATION_LABEL=b\nLOKI_ENDPOINT_URL=http://no.invalid");

      CommandRun run = CommandRun.of("doctor", "--env-file", file.toString(), "--send", "--json");

      assertThat(run.status()).isOne();
      assertThat(run.output())
          .contains("http: a test record was accepted", "loki: there is no host named no.invalid");
    }
  }

  @Test
  void authorityThatIsNotHereIsNamed() throws Exception {
    try (HttpDestination tls = HttpDestination.startTls()) {
      CommandRun run = send("http", tls.url(), "PUSHER_HTTP_CA_FILE=/var/task/no-such.pem");

      assertThat(run.output())
          .contains("have it on this machine, too", "cannot read /var/task/no-such.pem");
    }
  }
}
