package dev.logshipper.sandbox.destination.realservers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("real")
class RealFirehoseTest {

  @ParameterizedTest
  @EnumSource(names = {"MOTO", "LOCALSTACK"})
  void putRecordsAreDeliveredAndReadBack(Program program) throws Exception {
    Skip.unlessInstalled(program);
    try (RealFirehose server = start(program)) {
      server.createStream("logs");
      put(server, "logs", "1\n", "2\n3\n");

      assertThat(server.awaitLines(3, Duration.ofSeconds(10))).containsExactly("1", "2", "3");
      assertThat(server.objects("logs")).hasSize(1);
    }
  }

  private static RealFirehose start(Program program) {
    return program == Program.MOTO ? RealFirehose.moto() : RealFirehose.localStack();
  }

  private static void put(RealFirehose server, String stream, String... records) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("DeliveryStreamName", stream);
    for (String record : records) {
      body.withArray("Records").addObject().put("Data", record.getBytes(UTF_8));
    }
    Map<String, String> environment = server.environment();
    AwsCredentials key =
        new AwsCredentials(
            Objects.requireNonNull(environment.get("AWS_ACCESS_KEY_ID")),
            Objects.requireNonNull(environment.get("AWS_SECRET_ACCESS_KEY")));
    HttpCalls.body(
        new AwsClient(server.url(), key, "firehose")
            .request(
                "POST",
                "/",
                body.toString().getBytes(UTF_8),
                Map.of(
                    "Content-Type", "application/x-amz-json-1.1",
                    "X-Amz-Target", "Firehose_20150804.PutRecordBatch")));
  }
}
