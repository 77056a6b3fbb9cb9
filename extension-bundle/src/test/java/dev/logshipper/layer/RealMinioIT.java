package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealS3;
import org.junit.jupiter.api.Test;

class RealMinioIT extends RealS3Contract {
  private static final String READER = policy("s3:GetObject");
  private static final String WRITER_OF_OBJECTS = policy("s3:PutObject");

  RealMinioIT() {
    super(Program.MINIO);
  }

  @Override
  RealS3 startEmpty() {
    return RealS3.minio();
  }

  @Test
  void roleWithoutWritePermissionGetsAHint() throws Exception {
    try (RealS3 server = start()) {
      assertRejected(server, server.environment(READER), "s3:PutObject");
      assertThat(server.objects(BUCKET)).isEmpty();
    }
  }

  @Test
  void roleWithoutCreatePermissionGetsAHint() throws Exception {
    try (RealS3 server = startEmpty()) {
      assertRejected(server, server.environment(WRITER_OF_OBJECTS), "s3:CreateBucket");
    }
  }

  private static String policy(String action) {
    return """
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": "%s", "Resource": "arn:aws:s3:::%s/*"}
    ]}
    """
        .formatted(action, BUCKET);
  }
}
