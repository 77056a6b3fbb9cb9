package dev.logshipper.sink.kinesis;

import dev.logshipper.config.Settings;
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

/// A sink as its provider opens it.
final class KinesisFixture implements AutoCloseable {
  static final String SECRET = "s3cret-key";
  static final String TOKEN = "t0ken";

  final CapturedOutput said = new CapturedOutput();
  final Sink sink;

  /// @param environment names and values in turn
  KinesisFixture(String endpoint, String... environment) {
    Settings settings = Settings.of(variables(endpoint, environment), KinesisSettings.all());
    FunctionIdentity function =
        new FunctionIdentity("hello", "$LATEST", "eu-west-1", 128, "123456789012", "arn:hello");
    this.sink =
        new KinesisSinkProvider()
            .open(new SinkContext(settings, () -> function, said.diagnostics()));
  }

  private static Map<String, String> variables(String endpoint, String... environment) {
    Map<String, String> variables = new HashMap<>();
    variables.put("KINESIS_ENDPOINT", FirehoseApi.STREAM);
    variables.put("PUSHER_KINESIS_FORMAT", "plain");
    variables.put("AWS_ENDPOINT_URL_FIREHOSE", endpoint);
    variables.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    variables.put("AWS_SECRET_ACCESS_KEY", SECRET);
    variables.put("AWS_SESSION_TOKEN", TOKEN);
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return variables;
  }

  SendResult send(Batch batch) throws IOException, InterruptedException {
    return sink.send(batch, in(20_000));
  }

  static Batch batch(String... lines) {
    return new Batch("b-1", Records.lines(lines));
  }

  /// So many lines that each make a Firehose record of their own.
  static Batch batchOfRecords(int records) {
    String[] lines = new String[records];
    Arrays.setAll(lines, i -> i + "x".repeat(RecordPacker.RECORD_BYTES_TARGET));
    return batch(lines);
  }

  static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }

  @Override
  public void close() {
    sink.close();
  }
}
