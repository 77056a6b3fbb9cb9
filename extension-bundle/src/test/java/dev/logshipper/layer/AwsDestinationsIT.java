package dev.logshipper.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.firehose.FirehoseBehaviour;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import dev.logshipper.sandbox.destination.s3.S3Behaviour;
import dev.logshipper.sandbox.destination.s3.S3Destination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Buckets with policies, stores other than AWS's, roles in other accounts, private CAs.
@ExtendWith(SandboxExtension.class)
class AwsDestinationsIT {
  private static final int INVOCATIONS = 3;
  private static final int LINES = 20;
  private static final String ROLE = "arn:aws:iam::210987654321:role/logs";
  private static final AwsCredentials OF_ROLE = new AwsCredentials("ASIAOFROLE", "secret/of+role=");

  @Test
  void bucketWithObjectLockGetsChecksums() throws Exception {
    try (S3Destination s3 = S3Destination.start("logs")) {
      acceptOnly(
          s3,
          put -> put.header("x-amz-checksum-crc32").isPresent(),
          S3Destination.error(400, "InvalidRequest", "Content-MD5 or x-amz-checksum- is required"));

      assertAllStored(s3, Map.of());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUSHER_S3_SSE, AES256, x-amz-server-side-encryption",
    "PUSHER_S3_ACL, bucket-owner-full-control, x-amz-acl",
  })
  void headersThatAPolicyDemandsAreSent(String variable, String value, String header)
      throws Exception {
    try (S3Destination s3 = S3Destination.start("logs")) {
      acceptOnly(
          s3,
          put -> put.header(header).orElse("").equals(value),
          S3Destination.error(403, "AccessDenied", "Access Denied"));

      assertAllStored(s3, Map.of(variable, value));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gra", "auto", "garage", "us-gov-west-1"})
  void regionThatTheStoreNamesIsFollowed(String region) throws Exception {
    try (S3Destination s3 = S3Destination.start(S3Behaviour.standard().in(region).with("logs"))) {
      List<String> output = assertAllStored(s3, Map.of());

      assertThat(output)
          .anyMatch(line -> line.contains("set PUSHER_S3_REGION=" + region))
          .noneMatch(line -> line.contains("unreachable"));
    }
  }

  @Test
  void keysOfTheStoreAreUsed() throws Exception {
    S3Behaviour behaviour =
        S3Behaviour.standard().in("gra").with("logs").signedBy(new AwsCredentials("OWN", "hush"));
    try (S3Destination s3 = S3Destination.start(behaviour)) {
      assertAllStored(
          s3,
          Map.of(
              "PUSHER_S3_REGION", "gra",
              "PUSHER_S3_ACCESS_KEY_ID", "OWN",
              "PUSHER_S3_SECRET_ACCESS_KEY", "hush"));
    }
  }

  @Test
  void hostOfTheStoreIsLookedUpWithoutTheBucket() throws Exception {
    try (Sandbox sandbox = logging("s3", "http://storage.company.invalid", Map.of()).start()) {
      invokeAll(sandbox);
      sandbox.shutdown("spindown");

      assertThat(sandbox.extensionOutput())
          .anyMatch(line -> line.contains("unknown host storage.company.invalid"));
    }
  }

  @Test
  void backlogLargerThanAProxyAcceptsIsHalved() throws Exception {
    String line = "x".repeat(700);
    try (S3Destination s3 = S3Destination.start("logs");
        Sandbox sandbox =
            ShippedLayer.shippingTo(BundledSink.named("s3"), s3)
                .function(invocation -> {
                  for (int i = 0; i < 1_500; i++) {
                    invocation.log(invocation.requestId() + " " + i + " " + line);
                  }
                })
                .start()) {
      s3.respond(ScriptedResponse.status(503));
      for (int i = 0; i < 2; i++) {
        assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      }
      s3.respond(
          ScriptedResponse.computed(request ->
              request.body().length > 1024 * 1024
                  ? ScriptedResponse.status(413)
                  : s3.handled(response -> response)));
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      sandbox.shutdown("spindown");

      assertThat(functionLines(s3)).hasSize(3 * 1_500).doesNotHaveDuplicates();
      assertThat(s3.requests()).anyMatch(request -> request.body().length > 1024 * 1024);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "kinesis"})
  void roleInAnotherAccountIsAssumed(String mode) throws Exception {
    try (ServiceDestination destination = ofRole(mode);
        HttpDestination sts = HttpDestination.start()) {
      sts.respond(StsResponse.issuing(OF_ROLE));
      assertAllStored(mode, destination, role(mode, sts));

      assertThat(sts.requests()).hasSize(1);
      assertThat(new String(sts.requests().getFirst().body(), UTF_8))
          .contains("RoleArn=arn%3Aaws%3Aiam%3A%3A210987654321%3Arole%2Flogs")
          .contains("&ExternalId=tenant-7");
    }
  }

  @Test
  void privateCaIsTrustedForS3AndFirehoseAndTheTags(@TempDir Path folder) throws Exception {
    try (S3Destination s3 = S3Destination.startTls("logs");
        FirehoseDestination firehose = FirehoseDestination.startTls("logs");
        HttpDestination lambda = HttpDestination.startTls()) {
      lambda.respond(
          ScriptedResponse.ok().body("{\"Configuration\":{},\"Tags\":{\"team\":\"a-team\"}}"));
      Path bundle =
          Files.writeString(
              folder.resolve("ca.pem"),
              s3.certificatePem() + firehose.certificatePem() + lambda.certificatePem());
      try (Sandbox sandbox =
          logging("kinesis", firehose.url(), Map.of())
              .environment("PUSHER_MODE", "kinesis,s3")
              .environment(BundledSink.named("s3").environment(s3.url()))
              .environment("AWS_CA_BUNDLE", bundle.toString())
              .environment("ED_FORWARD_LAMBDA_TAGS", "true")
              .environment("AWS_ENDPOINT_URL_LAMBDA", lambda.url())
              .start()) {
        List<String> expected = invokeAll(sandbox);
        sandbox.shutdown("spindown");

        assertThat(functionLines(s3)).containsExactlyElementsOf(expected);
        assertThat(functionLines(firehose)).containsExactlyElementsOf(expected);
        assertThat(firehose.lines())
            .filteredOn(line -> line.contains(" line "))
            .allMatch(line -> line.contains("\"team\":\"a-team\""));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "kinesis"})
  void unknownCaNamesTheVariable(String mode) throws Exception {
    try (Destination destination = BundledSink.named(mode).tls().get();
        Sandbox sandbox =
            logging(mode, destination.url(), Map.of("AWS_CA_BUNDLE", "/nowhere.pem"))
                .environment("PUSHER_S3_SHIP_RATE_INVOKES", "1")
                .start()) {
      invokeAll(sandbox);
      sandbox.shutdown("spindown");

      assertThat(sandbox.extensionOutput())
          .anyMatch(line ->
              line.contains(
                  "AWS_CA_BUNDLE: cannot read /nowhere.pem, expected PEM certificates; only"
                      + " public CAs are trusted"))
          .anyMatch(line -> line.contains("(for a private CA set AWS_CA_BUNDLE)"));
    }
  }

  private static void acceptOnly(
      S3Destination s3, Predicate<ReceivedRequest> accepted, ScriptedResponse rejection) {
    s3.respond(
        ScriptedResponse.computed(
            request -> accepted.test(request) ? s3.handled(response -> response) : rejection));
  }

  private static ServiceDestination ofRole(String mode) {
    return mode.equals("s3")
        ? S3Destination.start(S3Behaviour.standard().with("logs").signedBy(OF_ROLE))
        : FirehoseDestination.start(FirehoseBehaviour.of("logs").signedBy(OF_ROLE));
  }

  private static Map<String, String> role(String mode, HttpDestination sts) {
    String prefix = mode.equals("s3") ? "PUSHER_S3_ROLE_" : "PUSHER_KINESIS_ROLE_";
    return Map.of(
        prefix + "ARN",
        ROLE,
        prefix + "EXTERNAL_ID",
        "tenant-7",
        "AWS_ENDPOINT_URL_STS",
        sts.url());
  }

  private static List<String> assertAllStored(S3Destination s3, Map<String, String> environment)
      throws Exception {
    return assertAllStored("s3", s3, environment);
  }

  /// @return the lines of the extension
  private static List<String> assertAllStored(
      String mode, Destination destination, Map<String, String> environment) throws Exception {
    try (Sandbox sandbox = logging(mode, destination.url(), environment).start()) {
      List<String> expected = invokeAll(sandbox);
      sandbox.shutdown("spindown");

      assertThat(functionLines(destination)).containsExactlyElementsOf(expected);
      return sandbox.extensionOutput();
    }
  }

  private static SandboxBuilder logging(String mode, String url, Map<String, String> environment) {
    return ShippedLayer.shippingTo(BundledSink.named(mode), url)
        .environment(environment)
        .function(invocation -> {
          for (int i = 0; i < LINES; i++) {
            invocation.log(invocation.requestId() + " line " + i + " end");
          }
        });
  }

  /// @return the lines that the function logged
  private static List<String> invokeAll(Sandbox sandbox) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < INVOCATIONS; i++) {
      InvocationOutcome outcome = sandbox.invoke("{}");
      assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
      for (int line = 0; line < LINES; line++) {
        lines.add(outcome.requestId() + " line " + line + " end");
      }
    }
    return lines;
  }

  /// The function's lines that are stored, in order.
  private static List<String> functionLines(Destination destination) {
    List<String> lines = new ArrayList<>();
    for (String stored : destination.lines()) {
      for (String key : List.of("\"record\":\"", "\"message\":\"")) {
        int from = stored.indexOf(key);
        int to = from < 0 ? from : stored.indexOf('"', from + key.length());
        if (to > 0 && stored.contains("\"function\"")) {
          lines.add(stored.substring(from + key.length(), to).replace("\\n", ""));
        }
      }
    }
    return lines;
  }
}
