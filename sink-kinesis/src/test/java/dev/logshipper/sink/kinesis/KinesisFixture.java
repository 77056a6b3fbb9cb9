package dev.logshipper.sink.kinesis;

import dev.logshipper.config.Settings;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.firehose.FirehoseBehaviour;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.testkit.CapturedOutput;
import dev.logshipper.sink.testkit.Records;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// A sink as its provider opens it, and the stand-in for Firehose, which verifies signatures.
final class KinesisFixture implements AutoCloseable {
  static final String STREAM = "logs-to_s3.v1";
  static final String KEY_ID = "AKIDEXAMPLE";
  static final String SECRET = "s3cret-key";
  static final String TOKEN = "t0ken";

  final FirehoseDestination server = startFirehose(KEY_ID, SECRET);
  final CapturedOutput output = new CapturedOutput();
  final Sink sink;

  /// @param environment alternating names and values
  KinesisFixture(String... environment) {
    Map<String, String> variables = new HashMap<>();
    variables.put("KINESIS_ENDPOINT", STREAM);
    variables.put("PUSHER_KINESIS_FORMAT", "plain");
    variables.put("AWS_ENDPOINT_URL_FIREHOSE", server.url());
    variables.put("AWS_ACCESS_KEY_ID", KEY_ID);
    variables.put("AWS_SECRET_ACCESS_KEY", SECRET);
    variables.put("AWS_SESSION_TOKEN", TOKEN);
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    Settings settings = Settings.of(variables, KinesisSettings.all());
    FunctionIdentity function =
        new FunctionIdentity("hello", "$LATEST", "eu-west-1", 128, "123456789012", "arn:hello");
    this.sink =
        new KinesisSinkProvider()
            .open(new SinkContext(settings, () -> function, output.diagnostics()));
  }

  /// With one stream.
  static FirehoseDestination startFirehose(String keyId, String secret) {
    return FirehoseDestination.start(
        FirehoseBehaviour.of(STREAM).signedBy(new AwsCredentials(keyId, secret)));
  }

  /// A success with any content.
  static ScriptedResponse response(String json) {
    return ScriptedResponse.ok().header("Content-Type", "application/x-amz-json-1.1").body(json);
  }

  SendResult send(Batch batch) throws IOException, InterruptedException {
    return sink.send(batch, in(20_000));
  }

  static Batch batch(String... lines) {
    return new Batch("b-1", Records.lines(lines));
  }

  /// One line for each Firehose record.
  static Batch batchOfRecords(int records) {
    String[] lines = new String[records];
    Arrays.setAll(lines, i -> i + "x".repeat(RecordShape.BYTES_TARGET));
    return batch(lines);
  }

  static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }

  @Override
  public void close() {
    sink.close();
    server.close();
  }
}
