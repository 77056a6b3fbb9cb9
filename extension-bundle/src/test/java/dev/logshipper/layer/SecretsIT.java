package dev.logshipper.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.destination.secrets.SecretsDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Variables that refer to secrets of Secrets Manager and to parameters of SSM.
@ExtendWith(SandboxExtension.class)
class SecretsIT {
  private static final String SECRET =
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:team/logs-AbCdEf";
  private static final String PARAMETER =
      "arn:aws:ssm:us-east-1:123456789012:parameter/team/api-key";
  private static final AwsCredentials OF_ROLE = new AwsCredentials("ASIASANDBOX", "sandbox-secret");

  @Test
  void headersHoldSecretsAndNothingIsPrinted() throws Exception {
    try (SecretsDestination secrets = SecretsDestination.start(OF_ROLE);
        HttpDestination destination = HttpDestination.start()) {
      secrets.put(SECRET, "{\"token\":\"hush-token\",\"other\":1}");
      secrets.put(PARAMETER, "hush-key\n");
      try (Sandbox sandbox =
          shipping(destination, secrets)
              .environment("PUSHER_HTTP_BEARER_TOKEN", SECRET + "#token")
              .environment("PUSHER_HTTP_HEADERS", "X-Team=orders,X-Api-Key=" + PARAMETER)
              .start()) {
        List<String> expected = ShippedLayer.invoke(sandbox, 3);
        sandbox.shutdown("spindown");

        assertThat(ShippedLayer.functionLines(destination)).isEqualTo(expected);
        assertThat(destination.requests())
            .allMatch(request -> has(request, "Authorization", "Bearer hush-token"))
            .allMatch(request -> has(request, "X-Api-Key", "hush-key"))
            .allMatch(request -> has(request, "X-Team", "orders"));
        assertThat(secrets.requests()).hasSize(2);
        assertThat(sandbox.extensionOutput())
            .noneMatch(line -> line.contains("hush") || line.contains("team/"))
            .noneMatch(line -> line.contains("WARN") || line.contains("cannot"));
      }
    }
  }

  @Test
  void lokiGetsItsUserAndPasswordOverTls(@TempDir Path folder) throws Exception {
    try (SecretsDestination secrets = SecretsDestination.startTls();
        LokiDestination loki = LokiDestination.start()) {
      secrets.put(SECRET, "{\"user\":\"me\",\"password\":\"hush\"}");
      Path bundle = Files.writeString(folder.resolve("ca.pem"), secrets.certificatePem());
      try (Sandbox sandbox =
          ShippedLayer.shippingTo(BundledSink.named("loki"), loki)
              .environment("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.url())
              .environment("AWS_CA_BUNDLE", bundle.toString())
              .environment("LOKI_BEARER_TOKEN", "")
              .environment("LOKI_USERNAME", SECRET + "#user")
              .environment("LOKI_PASSWORD", SECRET + "#password")
              .function(invocation -> invocation.log(invocation.requestId() + " was here"))
              .start()) {
        List<String> expected = ShippedLayer.invoke(sandbox, 2);
        sandbox.shutdown("spindown");

        assertThat(loki.lines()).containsAll(expected);
        String basic = "Basic " + Base64.getEncoder().encodeToString("me:hush".getBytes(UTF_8));
        assertThat(loki.requests()).allMatch(request -> has(request, "Authorization", basic));
      }
    }
  }

  /// The test sleeps because the shortest time between two readings is its subject.
  @Test
  void rotatedSecretIsReadAfterARejection() throws Exception {
    try (SecretsDestination secrets = SecretsDestination.start();
        HttpDestination destination = HttpDestination.start()) {
      secrets.put(SECRET, "old");
      accept(destination, "Bearer old");
      try (Sandbox sandbox =
          shipping(destination, secrets).environment("PUSHER_HTTP_BEARER_TOKEN", SECRET).start()) {
        List<String> expected = new ArrayList<>(ShippedLayer.invoke(sandbox, 2));
        accept(destination, "Bearer new");
        expected.addAll(ShippedLayer.invoke(sandbox, 1));
        secrets.put(SECRET, "new");
        LockSupport.parkNanos(Duration.ofSeconds(4).toNanos());
        expected.addAll(ShippedLayer.invoke(sandbox, 2));
        sandbox.shutdown("spindown");

        assertThat(ShippedLayer.functionLines(destination)).containsExactlyElementsOf(expected);
        assertThat(ShippedLayer.ledger(sandbox, "dropped")).isZero();
      }
    }
  }

  @Test
  void deniedSecretIsReportedOnceAndLosesNothing() throws Exception {
    try (SecretsDestination secrets = SecretsDestination.start();
        HttpDestination destination = HttpDestination.start()) {
      secrets.put(SECRET, "hush");
      secrets.allow(false);
      try (Sandbox sandbox =
          shipping(destination, secrets).environment("PUSHER_HTTP_BEARER_TOKEN", SECRET).start()) {
        List<String> expected = new ArrayList<>(ShippedLayer.invoke(sandbox, 3));
        assertThat(destination.requests()).isEmpty();
        secrets.allow(true);
        expected.addAll(ShippedLayer.invoke(sandbox, 1));
        sandbox.shutdown("spindown");

        assertThat(ShippedLayer.functionLines(destination)).isEqualTo(expected);
        assertThat(sandbox.extensionOutput())
            .filteredOn(line -> line.contains("cannot be opened yet"))
            .singleElement()
            .asString()
            .contains(
                "http: cannot be opened yet (PUSHER_HTTP_BEARER_TOKEN: Secrets Manager denies"
                    + " access: the function's role needs secretsmanager:GetSecretValue")
            .doesNotContain("team/logs");
      }
    }
  }

  /// Until the key was read, nothing is sent: neither with another hash nor without one.
  @Test
  void hashesOfRedactedValuesAreMadeWithAReferredKey() throws Exception {
    try (SecretsDestination secrets = SecretsDestination.start();
        HttpDestination destination = HttpDestination.start()) {
      secrets.put(SECRET, "0123456789abcdef");
      secrets.allow(false);
      try (Sandbox sandbox =
          shipping(destination, secrets)
              .environment("PUSHER_REDACT", "email")
              .environment("PUSHER_REDACT_KEY", SECRET)
              .function(invocation -> invocation.log("from ann@example.com"))
              .start()) {
        ShippedLayer.invoke(sandbox, 2);
        assertThat(destination.requests()).isEmpty();
        secrets.allow(true);
        ShippedLayer.invoke(sandbox, 1);
        sandbox.shutdown("spindown");

        assertThat(ShippedLayer.functionLines(destination))
            .containsOnly("from [email:" + hash("ann@example.com") + "]")
            .hasSize(3);
        assertThat(sandbox.extensionOutput())
            .filteredOn(line -> line.contains("cannot be opened yet"))
            .singleElement()
            .asString()
            .contains("http: cannot be opened yet (PUSHER_REDACT_KEY: Secrets Manager denies");
        assertThat(sandbox.extensionOutput()).noneMatch(line -> line.contains("problem"));
      }
    }
  }

  private static String hash(String value) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("0123456789abcdef".getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(value.getBytes(UTF_8)), 0, 8);
  }

  @Test
  void slowSecretHoldsNoInvocationForLong() throws Exception {
    try (SecretsDestination secrets = SecretsDestination.start();
        HttpDestination destination = HttpDestination.start()) {
      secrets.put(SECRET, "hush");
      secrets.respond(secrets.handled(response -> response.after(Duration.ofMillis(1_500))));
      try (Sandbox sandbox =
          shipping(destination, secrets).environment("PUSHER_HTTP_BEARER_TOKEN", SECRET).start()) {
        List<String> expected = ShippedLayer.invoke(sandbox, 2);
        await(() -> !secrets.requests().isEmpty());
        sandbox.shutdown("spindown");

        // The shutdown has less time than the secret needs, unless it was requested long before.
        assertThat(
                ShippedLayer.ledger(sandbox, "delivered")
                    + ShippedLayer.ledger(sandbox, "left_behind"))
            .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
        assertThat(ShippedLayer.ledger(sandbox, "dropped")).isZero();
        assertThat(expected).containsAll(ShippedLayer.functionLines(destination));
      }
    }
  }

  @Test
  void arnOfAnotherServiceIsOneLineAndTheRestWorks() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingOneLineEach(destination)
                .environment("PUSHER_HTTP_BEARER_TOKEN", "arn:aws:s3:::a-bucket")
                .start()) {
      List<String> expected = ShippedLayer.invoke(sandbox, 1);
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).isEqualTo(expected);
      assertThat(destination.requests())
          .allMatch(request -> request.header("Authorization").isEmpty());
      assertThat(sandbox.extensionOutput())
          .filteredOn(line -> line.contains("configuration problem"))
          .singleElement()
          .asString()
          .contains("PUSHER_HTTP_BEARER_TOKEN=***: expected the ARN of a secret", "it is ignored");
    }
  }

  private static SandboxBuilder shipping(HttpDestination destination, SecretsDestination secrets) {
    return ShippedLayer.shippingOneLineEach(destination)
        .environment("PUSHER_FLUSH", "end")
        .environment("AWS_ENDPOINT_URL", secrets.url());
  }

  private static void accept(HttpDestination destination, String authorization) {
    destination.respond(
        ScriptedResponse.computed(request ->
            has(request, "Authorization", authorization)
                ? ScriptedResponse.ok()
                : ScriptedResponse.status(401)));
  }

  private static boolean has(ReceivedRequest request, String name, String value) {
    return request.header(name).orElse("").equals(value);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
