package dev.logshipper.sink.s3;

import static dev.logshipper.sink.s3.S3Fixture.batch;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.s3.S3Destination;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.testkit.CapturedOutput;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Buckets with policies, and stores other than AWS's.
@Timeout(60)
class OtherStoresTest {
  @Test
  void everyObjectHasAChecksumInAHeader() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);

      ReceivedRequest put = s3.request(0);
      CRC32 crc = new CRC32();
      crc.update(put.body());
      byte[] expected = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
      assertThat(put.header("x-amz-checksum-crc32"))
          .contains(Base64.getEncoder().encodeToString(expected));
      assertThat(put.header("x-amz-trailer")).isEmpty();
      assertThat(put.header("Content-Encoding")).isEmpty();
      assertThat(put.header("Transfer-Encoding")).isEmpty();
      assertThat(put.header("x-amz-sdk-checksum-algorithm")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "gra", "fsn1", "nyc3", "eu1", "garage", "us-east-1"})
  void anyRegionIsSignedFor(String region) throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_REGION", region)) {
      s3.server.respondNext(ScriptedResponse.ok());

      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);
      assertThat(s3.request(0).header("Authorization").orElseThrow())
          .contains("/" + region + "/s3/aws4_request");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<Region>gra</Region>",
        "<Endpoint>logs.s3.gra.amazonaws.com</Endpoint>",
        "<Endpoint>logs.s3-gra.amazonaws.com</Endpoint>",
        "the region is wrong; expecting 'gra'",
        "the region is wrong; expecting \"gra\"",
        "the region is wrong; expecting &quot;gra&quot;",
        "unexpected scope: '20261121/eu-west-1/s3/aws4_request', expected:"
            + " '20261121/gra/s3/aws4_request'",
      })
  void regionThatTheStoreNamesIsFollowedAtOnce(String text) throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.server.respondNext(
          ScriptedResponse.status(400)
              .body(
                  ("<Error><Code>AuthorizationHeaderMalformed</Code><Message>"
                          + text
                          + "</Message></Error>")
                      .replace("<Message><Region>gra</Region></Message>", "<Region>gra</Region>")
                      .getBytes(UTF_8)));
      s3.server.respondNext(ScriptedResponse.ok());

      assertThat(s3.send()).isEqualTo(new SendResult.Progress(0));
      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);
      assertThat(s3.request(1).header("Authorization").orElseThrow())
          .contains("/gra/s3/aws4_request");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Region></Region>",
        "<Region>a b</Region>",
        "expected: '20261121/eu-west-1/s3/aws4_request'",
        "/s3/aws4_request",
      })
  void regionThatTheStoreDoesNotNameIsAskedFor(String text) throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.server.respondNext(
          ScriptedResponse.status(400)
              .body("<Error><Code>AuthorizationHeaderMalformed</Code>" + text + "</Error>"));

      assertThat(s3.send().toString()).contains("set PUSHER_S3_REGION to the bucket's region");
    }
  }

  /// As Ceph reports it.
  @Test
  void wrongSignatureMayBeThatOfAnotherRegion() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.failNext(403, "SignatureDoesNotMatch");

      assertThat(s3.send().toString())
          .contains("check AWS_ACCESS_KEY_ID")
          .contains("and the store's region in PUSHER_S3_REGION");
    }
  }

  @Test
  void storeIsReachedByANameWithAFinalDot() throws Exception {
    try (S3Fixture s3 = new S3Fixture();
        Sink sink = open("AWS_ENDPOINT_URL_S3", "http://localhost.:" + s3.server.port())) {
      assertThat(sink.send(batch("b", "x"), S3Fixture.in(10_000))).isEqualTo(SendResult.DELIVERED);
      assertThat(s3.request(0).header("Host")).contains("localhost:" + s3.server.port());
    }
  }

  @Test
  void keysOfTheStoreReplaceThoseOfTheRole() throws Exception {
    try (S3Fixture s3 =
        new S3Fixture(
            "PUSHER_S3_ACCESS_KEY_ID", "OTHERKEY", "PUSHER_S3_SECRET_ACCESS_KEY", "othersecret")) {
      s3.server.respondNext(ScriptedResponse.ok());

      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);
      assertThat(s3.request(0).header("Authorization").orElseThrow())
          .contains("Credential=OTHERKEY/");
      assertThat(s3.request(0).header("x-amz-security-token")).isEmpty();
    }
  }

  @Test
  void hintIsAboutTheKeysOfTheStore() throws Exception {
    try (S3Fixture s3 =
        new S3Fixture(
            "PUSHER_S3_ACCESS_KEY_ID", "OTHERKEY", "PUSHER_S3_SECRET_ACCESS_KEY", "othersecret")) {
      s3.failNext(403, "AccessDenied");
      s3.failNext(403, "InvalidAccessKeyId");

      assertThat(s3.send().toString())
          .contains("the owner of PUSHER_S3_ACCESS_KEY_ID needs s3:PutObject")
          .doesNotContain("function's role");
      assertThat(s3.send().toString())
          .contains("check PUSHER_S3_ACCESS_KEY_ID and PUSHER_S3_SECRET_ACCESS_KEY")
          .doesNotContain("OTHERKEY");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUSHER_S3_ACCESS_KEY_ID, 'PUSHER_S3_SECRET_ACCESS_KEY is not set: expected both '",
    "PUSHER_S3_SECRET_ACCESS_KEY, 'PUSHER_S3_ACCESS_KEY_ID is not set: expected both '",
    "PUSHER_S3_SESSION_TOKEN, PUSHER_S3_SESSION_TOKEN has no effect without PUSHER_S3_ACCESS_KEY_ID"
  })
  void partOfAKeyIsReportedAndTheFunctionsRoleIsUsed(String variable, String expected)
      throws Exception {
    try (S3Fixture s3 = new S3Fixture(variable, "OTHERKEY")) {
      assertThat(s3.output.lines()).singleElement().asString().contains(expected);
      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);
      assertThat(s3.request(0).header("Authorization").orElseThrow()).doesNotContain("OTHERKEY");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUSHER_S3_SSE, AES256, x-amz-server-side-encryption, AES256",
    "PUSHER_S3_SSE, aws:kms, x-amz-server-side-encryption, aws:kms",
    "PUSHER_S3_KMS_KEY_ID, k-1, x-amz-server-side-encryption, aws:kms",
    "PUSHER_S3_KMS_KEY_ID, k-1, x-amz-server-side-encryption-aws-kms-key-id, k-1",
    "PUSHER_S3_ACL, bucket-owner-full-control, x-amz-acl, bucket-owner-full-control",
  })
  void headersThatAPolicyDemandsAreSent(String variable, String value, String name, String sent)
      throws Exception {
    try (S3Fixture s3 = new S3Fixture(variable, value)) {
      s3.server.respondNext(ScriptedResponse.ok());

      assertThat(s3.send()).isEqualTo(SendResult.DELIVERED);
      assertThat(s3.request(0).header(name)).contains(sent);
    }
  }

  @Test
  void keyThatContradictsTheEncryptionIsReported() {
    assertThatThrownBy(() -> open("PUSHER_S3_SSE", "aes256", "PUSHER_S3_KMS_KEY_ID", "k-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exclude each other");
  }

  @Test
  void featureThatAStoreLacksNamesTheSettings() throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_KMS_KEY_ID", "k-1")) {
      s3.failNext(501, "NotImplemented");

      assertThat(s3.send())
          .isEqualTo(
              SendResult.rejectedByEndpoint(
                  s3.url() + " returned 501 NotImplemented: check PUSHER_S3_KMS_KEY_ID"));
    }
  }

  @Test
  void objectThatIsTooLargeIsHalvedAndTheSizeRemembered() throws Exception {
    String line = "x".repeat(400);
    try (S3Fixture s3 = new S3Fixture()) {
      s3.server.respond(
          ScriptedResponse.computed(request ->
              request.body().length > 1_000
                  ? ScriptedResponse.status(413)
                  : ScriptedResponse.ok()));

      assertThat(s3.send(batch("b", line, line, line, line))).isEqualTo(new SendResult.Progress(0));
      assertThat(s3.send(batch("b", line, line, line, line))).isEqualTo(new SendResult.Progress(2));
      assertThat(s3.send(batch("c", line))).isEqualTo(SendResult.DELIVERED);
      assertThat(s3.send(batch("d", "x".repeat(2_000), line)))
          .isInstanceOfSatisfying(
              SendResult.Partial.class,
              partial -> assertThat(partial.rejected()).isEqualTo(List.of(0)));
    }
  }

  @Test
  void unknownHostNamesTheNameLookedUp() throws Exception {
    try (Sink sink =
        open("AWS_ENDPOINT_URL", "http://no-such.invalid", "PUSHER_S3_PATH_STYLE", "false")) {
      assertThat(sink.send(batch("b", "x"), S3Fixture.in(10_000)).toString())
          .contains("unknown host logs.no-such.invalid")
          .contains("PUSHER_S3_PATH_STYLE=true");
    }
  }

  @Test
  void accountRegionalBucketIsCreatedInItsNamespace() throws Exception {
    try (S3Fixture s3 =
        new S3Fixture(
            S3Fixture.standard(),
            "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET",
            "logs-123456789012-eu-west-1-an")) {
      s3.server.respondNext(S3Destination.error(404, "NoSuchBucket", "hush"));
      s3.server.respondNext(ScriptedResponse.ok());

      assertThat(s3.send()).isEqualTo(new SendResult.Progress(0));
      assertThat(s3.request(1).header("x-amz-bucket-namespace")).contains("account-regional");
    }
  }

  private static Sink open(String... environment) {
    Map<String, String> variables = new HashMap<>();
    S3Fixture.put(variables, environment);
    return S3Fixture.open(variables, new CapturedOutput());
  }
}
