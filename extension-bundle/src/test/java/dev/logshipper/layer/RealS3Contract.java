package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealS3;
import dev.logshipper.sandbox.destination.s3.S3Object;
import dev.logshipper.sandbox.environment.Sandbox;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Rules for each server with S3's API.
abstract class RealS3Contract extends ExactlyOnceContract<RealS3> {
  static final String BUCKET = "logs";

  RealS3Contract(Program program) {
    super(program, "s3");
  }

  /// A server without a bucket.
  abstract RealS3 startEmpty();

  @Override
  final RealS3 start() {
    RealS3 server = startEmpty();
    server.createBucket(BUCKET);
    return server;
  }

  @Override
  final Map<String, String> environment(RealS3 server) {
    return server.environment();
  }

  /// By key, the order of reading a bucket: servers report the time of writing in seconds.
  @Override
  final List<StoredRecord> stored(RealS3 server) {
    return server.objects(BUCKET).stream()
        .sorted(Comparator.comparing(S3Object::key))
        .flatMap(object -> object.lines().stream())
        .map(line -> StoredRecord.ofJson(line, "type", "record"))
        .toList();
  }

  @Test
  void missingBucketIsCreatedAndGetsEverything() throws Exception {
    AwkwardLines function = new AwkwardLines();
    try (RealS3 server = startEmpty();
        Sandbox sandbox = shipping(server, function).start()) {
      invoke(sandbox, 5);
      end(sandbox);

      assertStored(server, function);
    }
  }

  @Test
  void wrongSecretIsReportedOnceAndNoInvocationFails() throws Exception {
    try (RealS3 server = start()) {
      assertRejected(
          server, Map.of("AWS_SECRET_ACCESS_KEY", "not-the-secret"), "SignatureDoesNotMatch");
      assertThat(server.objects(BUCKET)).isEmpty();
    }
  }
}
