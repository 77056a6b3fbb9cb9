package dev.logshipper.client.aws;

import static dev.logshipper.client.aws.FirstCall.in;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.config.Settings;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.support.text.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;

@Timeout(60)
class AssumedRoleTest {
  private static final String ROLE = "arn:aws:iam::210987654321:role/logs/writer";
  private static final long MINUTE = 60_000;

  private final AtomicLong epochMillis = new AtomicLong(System.currentTimeMillis());
  private final List<String> output = new ArrayList<>();
  private final HttpDestination sts = HttpDestination.start();
  private final HttpDestination service = HttpDestination.start();

  @AfterEach
  void stop() {
    sts.close();
    service.close();
  }

  @Test
  void requestsAreSignedWithTheCredentialsOfTheRole() throws Exception {
    sts.respondNext(issued("ASIAONE", 60));
    try (AwsAccess access = access("PUSHER_S3_ROLE_EXTERNAL_ID", "tenant:7/a")) {
      Object _ = FirstCall.put(access, 10, in(20_000));
      Object _ = FirstCall.put(access, 10, in(20_000));
    }

    assertThat(sts.requests()).hasSize(1);
    ReceivedRequest request = sts.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(new String(request.body(), UTF_8))
        .isEqualTo(
            "Action=AssumeRole&Version=2011-06-15"
                + "&RoleArn=arn%3Aaws%3Aiam%3A%3A210987654321%3Arole%2Flogs%2Fwriter"
                + "&RoleSessionName=hello&ExternalId=tenant%3A7%2Fa");
    assertThat(request.header("Authorization").orElseThrow())
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIAHUSH/")
        .contains("/eu-west-1/sts/aws4_request");
    assertThat(request.header("X-Amz-Security-Token")).contains("hushhush");
    assertThat(service.requests())
        .hasSize(2)
        .allSatisfy(put -> {
          assertThat(put.header("Authorization").orElseThrow()).contains("Credential=ASIAONE/");
          assertThat(put.header("X-Amz-Security-Token")).contains("roletoken");
        });
  }

  @Test
  void keysOfTheSinkMayAssumeTheRole() throws Exception {
    sts.respondNext(issued("ASIAONE", 60));
    try (AwsAccess access =
        access("PUSHER_S3_ACCESS_KEY_ID", "OWN", "PUSHER_S3_SECRET_ACCESS_KEY", "hush")) {
      Object _ = FirstCall.put(access, 10, in(20_000));
    }

    assertThat(sts.requests().getFirst().header("Authorization").orElseThrow())
        .contains("Credential=OWN/");
  }

  @Test
  void credentialsAreRenewedFiveMinutesBeforeTheyExpire() throws Exception {
    sts.respondNext(issued("ASIAONE", 60));
    sts.respondNext(issued("ASIATWO", 120));
    try (AwsAccess access = access()) {
      Object _ = FirstCall.put(access, 10, in(20_000));
      epochMillis.addAndGet(54 * MINUTE);
      Object _ = FirstCall.put(access, 10, in(20_000));
      epochMillis.addAndGet(MINUTE);
      Object _ = FirstCall.put(access, 10, in(20_000));
    }

    assertThat(signers()).containsExactly("ASIAONE", "ASIAONE", "ASIATWO");
  }

  @Test
  void credentialsThatCannotBeRenewedAreUsedUntilTheyExpire() throws Exception {
    sts.respond(error(503, "ServiceUnavailable"));
    sts.respondNext(issued("ASIAONE", 60));
    try (AwsAccess access = access()) {
      Object _ = FirstCall.put(access, 10, in(20_000));
      epochMillis.addAndGet(57 * MINUTE);
      Object _ = FirstCall.put(access, 10, in(20_000));
      epochMillis.addAndGet(3 * MINUTE);

      assertThat(failure(access))
          .isEqualTo(waiting(stsName() + " returned 503 ServiceUnavailable"));
    }
    assertThat(signers()).containsExactly("ASIAONE", "ASIAONE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "403 | AccessDenied | : its trust policy must allow the function's role, which needs"
            + " sts:AssumeRole on it",
        "403 | InvalidClientTokenId | : check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and"
            + " AWS_SESSION_TOKEN",
        "400 | ValidationError | : check PUSHER_S3_ROLE_ARN",
        "403 | RegionDisabledException | \"\"",
        "500 | InternalFailure | \"\"",
      })
  void failureKeepsTheRecordsAndNamesTheRole(int status, String code, String hint)
      throws Exception {
    sts.respond(error(status, code));
    try (AwsAccess access = access()) {
      assertThat(failure(access))
          .isEqualTo(waiting(stsName() + " returned " + status + " " + code + hint));
    }
    assertThat(service.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hush", "{}", "<AccessKeyId>A</AccessKeyId>", "<AccessKeyId>"})
  void invalidResponseIsReportedWithoutItsText(String body) throws Exception {
    sts.respond(ScriptedResponse.ok().body(body.getBytes(UTF_8)));
    try (AwsAccess access = access()) {
      assertThat(failure(access)).isEqualTo(waiting(stsName() + " returned no credentials"));
    }
  }

  @Test
  void unreachableStsIsNamed() throws Exception {
    sts.close();
    try (AwsAccess access = access()) {
      assertThat(failure(access))
          .isEqualTo(waiting("cannot reach " + stsName() + ": connection refused"));
    }
  }

  @Test
  void silentStsIsNamed() throws Exception {
    sts.respondNext(ScriptedResponse.hang());
    try (AwsAccess access = access()) {
      assertThatThrownBy(() -> FirstCall.put(access, 10, in(2_000)))
          .isInstanceOfSatisfying(
              TimeoutException.class,
              late ->
                  assertThat(access.classify(late))
                      .isEqualTo(
                          SendResult.retry(
                              "timed out waiting for a response from "
                                  + stsName()
                                  + " for credentials of role "
                                  + ROLE)));
    }
  }

  @Test
  void regionWithoutAKnownEndpointIsReported() {
    Settings settings = FirstCall.settings("PUSHER_S3_ROLE_ARN", ROLE);

    assertThatThrownBy(() ->
            AwsAccess.of(
                "s3",
                "eu-west-1",
                FirstCall.OF_SERVICE,
                FirstCall.IDENTITY,
                FirstCall.PROXY,
                FirstCall.context("xx-new-1", settings, output)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no known endpoint of STS in xx-new-1: set AWS_ENDPOINT_URL_STS");
  }

  @Test
  void externalIdWithoutARoleIsReported() throws Exception {
    Settings settings =
        FirstCall.settings(
            "PUSHER_S3_ROLE_EXTERNAL_ID", "tenant", "AWS_ENDPOINT_URL", service.url());
    try (AwsAccess access =
        AwsAccess.of(
            "s3",
            "eu-west-1",
            FirstCall.OF_SERVICE,
            FirstCall.IDENTITY,
            FirstCall.PROXY,
            FirstCall.context("eu-west-1", settings, output))) {
      Object _ = FirstCall.put(access, 10, in(20_000));
    }

    assertThat(output)
        .containsExactly("PUSHER_S3_ROLE_EXTERNAL_ID has no effect without PUSHER_S3_ROLE_ARN");
  }

  @ParameterizedTest
  @CsvSource({
    "PUSHER_S3_ROLE_ARN, role/logs, the ARN of a role",
    "PUSHER_S3_ROLE_ARN, arn:aws:iam::210987654321:user/logs, the ARN of a role",
    "PUSHER_S3_ROLE_ARN, arn:aws:iam::210987654321:role/a b, the ARN of a role",
    "PUSHER_S3_ROLE_EXTERNAL_ID, x, an external id of 2 to 1224",
    "PUSHER_S3_ROLE_EXTERNAL_ID, x y, an external id of 2 to 1224",
    "PUSHER_S3_ROLE_SESSION_NAME, a/b, a session name of 2 to 64",
  })
  void invalidValueIsReported(String variable, String value, String expected) {
    Settings settings = FirstCall.settings(variable, value);

    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.problems().getFirst().message()).contains(variable, expected);
  }

  private AwsAccess access(String... environment) {
    List<String> variables = new ArrayList<>(List.of(environment));
    variables.addAll(
        List.of(
            "PUSHER_S3_ROLE_ARN",
            ROLE,
            "AWS_ENDPOINT_URL_STS",
            sts.url(),
            "AWS_ENDPOINT_URL",
            service.url()));
    return AwsAccess.of(
        "s3",
        "eu-west-1",
        FirstCall.OF_SERVICE,
        FirstCall.IDENTITY,
        FirstCall.PROXY,
        FirstCall.context(
            "eu-west-1", FirstCall.settings(variables.toArray(String[]::new)), output),
        () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
        epochMillis::get);
  }

  private SendResult failure(AwsAccess access) throws Exception {
    try {
      Object _ = FirstCall.put(access, 10, in(20_000));
      throw new AssertionError("it succeeded");
    } catch (SdkException failure) {
      return access.classify(failure, "x");
    }
  }

  private static SendResult waiting(String reason) {
    return SendResult.notSent("cannot assume role " + ROLE + ": " + reason);
  }

  private static String stsName() {
    return "STS at 127.0.0.1";
  }

  private List<String> signers() {
    List<String> keys = new ArrayList<>();
    for (ReceivedRequest put : service.requests()) {
      String authorization = put.header("Authorization").orElseThrow();
      int from = authorization.indexOf("Credential=") + "Credential=".length();
      keys.add(authorization.substring(from, authorization.indexOf('/', from)));
    }
    return keys;
  }

  private ScriptedResponse issued(String keyId, int minutes) {
    return ScriptedResponse.ok()
        .body(
            ("<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                    + "<AssumeRoleResult><Credentials><AccessKeyId>"
                    + keyId
                    + "</AccessKeyId><SecretAccessKey>hush/+=</SecretAccessKey><SessionToken>"
                    + "roletoken</SessionToken><Expiration>"
                    + Timestamps.format(epochMillis.get() + minutes * MINUTE)
                    + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>")
                .getBytes(UTF_8));
  }

  private static ScriptedResponse error(int status, String code) {
    return ScriptedResponse.status(status)
        .body(
            ("<ErrorResponse><Error><Type>Sender</Type><Code>"
                    + code
                    + "</Code><Message>hush</Message></Error></ErrorResponse>")
                .getBytes(UTF_8));
  }
}
