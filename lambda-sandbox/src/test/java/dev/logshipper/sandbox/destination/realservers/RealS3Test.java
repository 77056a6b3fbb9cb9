package dev.logshipper.sandbox.destination.realservers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.s3.S3Object;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("real")
class RealS3Test {

  @ParameterizedTest
  @EnumSource(names = {"MINIO", "VERSITYGW", "S3PROXY"})
  void writtenObjectIsReadBack(Program program) throws Exception {
    Skip.unlessInstalled(program);
    try (RealS3 s3 = start(program)) {
      s3.createBucket("logs");
      put(s3, root(s3), "/logs/2026/a%20b%2Bc.log", "1\n2\n");
      put(s3, root(s3), "/logs/2026/d.log", "3\n");

      assertThat(s3.awaitLines(3, Duration.ofSeconds(10))).containsExactly("1", "2", "3");
      assertThat(s3.objects("logs"))
          .extracting(S3Object::key)
          .containsExactly("2026/a b+c.log", "2026/d.log");
      assertThat(s3.objects("logs").getFirst().header("content-type")).contains("text/plain");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MINIO", "VERSITYGW", "S3PROXY"})
  void bucketOfMoreThanOnePageIsReadCompletely(Program program) {
    Skip.unlessInstalled(program);
    try (RealS3 s3 = start(program)) {
      s3.createBucket("logs");
      IntStream.range(0, 1_005)
          .forEach(i -> put(s3, root(s3), "/logs/%04d".formatted(i), i + "\n"));

      assertThat(s3.lines()).hasSize(1_005).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MINIO", "VERSITYGW", "S3PROXY"})
  void wrongSecretIsRejected(Program program) {
    Skip.unlessInstalled(program);
    try (RealS3 s3 = start(program)) {
      s3.createBucket("logs");
      AwsCredentials wrong = new AwsCredentials(root(s3).accessKeyId(), "wrong-secret");

      assertThatThrownBy(() -> put(s3, wrong, "/logs/a", "1"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("403");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MINIO", "VERSITYGW", "S3PROXY"})
  void closedServerHasNoProcessAndNoFolder(Program program) {
    Skip.unlessInstalled(program);
    RealS3 s3 = start(program);
    List<String> noOutputIsNoError = s3.output();

    s3.close();

    assertThat(noOutputIsNoError).isNotNull();
    assertThatThrownBy(() -> s3.objects("logs")).isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"MINIO", "VERSITYGW", "S3PROXY"})
  void suspendedServerRespondsWhenItIsResumed(Program program) throws Exception {
    Skip.unlessInstalled(program);
    try (RealS3 s3 = start(program)) {
      s3.createBucket("logs");
      put(s3, root(s3), "/logs/a", "1");
      s3.suspend();
      CompletableFuture<List<String>> lines = CompletableFuture.supplyAsync(s3::lines);

      assertThat(lines)
          .failsWithin(Duration.ofMillis(300))
          .withThrowableOfType(TimeoutException.class);
      s3.resume();
      assertThat(lines).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(List.of("1"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MINIO", "VERSITYGW", "S3PROXY"})
  void restartedServerHasTheStoredObjects(Program program) {
    Skip.unlessInstalled(program);
    try (RealS3 s3 = start(program)) {
      s3.createBucket("logs");
      put(s3, root(s3), "/logs/a", "1");
      s3.restart();

      assertThat(s3.lines()).containsExactly("1");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MINIO")
  void minioIssuesTemporaryKeysWithAToken(Program program) {
    Skip.unlessInstalled(program);
    try (RealS3 s3 = start(program)) {
      s3.createBucket("logs");
      AwsCredentials temporary =
          new AwsCredentials(
              variable(s3, "AWS_ACCESS_KEY_ID"), variable(s3, "AWS_SECRET_ACCESS_KEY"));

      assertThatThrownBy(() -> put(s3, temporary, "/logs/a", "1"))
          .hasMessageContaining("InvalidTokenId");
      put(s3, temporary, "/logs/a", "1", "x-amz-security-token", variable(s3, "AWS_SESSION_TOKEN"));
      assertThat(s3.lines()).containsExactly("1");
    }
  }

  private static RealS3 start(Program program) {
    return switch (program) {
      case MINIO -> RealS3.minio();
      case VERSITYGW -> RealS3.versitygw();
      default -> RealS3.s3proxy();
    };
  }

  private static AwsCredentials root(RealS3 s3) {
    assertThat(s3.url()).startsWith("http://127.0.0.1:");
    return new AwsCredentials("sandbox-root", "sandbox-secret");
  }

  private static String variable(RealS3 s3, String name) {
    return Objects.requireNonNull(s3.environment().get(name));
  }

  private static void put(
      RealS3 s3, AwsCredentials key, String target, String body, String... more) {
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "text/plain"));
    for (int i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    HttpCalls.body(
        new AwsClient(s3.url(), key, "s3").request("PUT", target, body.getBytes(UTF_8), headers));
  }
}
