package dev.logshipper.sink.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.testkit.CapturedOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// A sink as its provider opens it, with a clock in the hands of the test.
final class LokiFixture implements AutoCloseable {
  static final String TIME = "2026-11-21T10:15:30.123Z";
  static final long TIME_NANOS = 1_795_256_130_123_000_000L;
  static final String REQUEST_ID = "459921b5-681c-4a96-beb0-81e0aa586026";

  /// The wall clock; starts half a minute after [#TIME].
  final AtomicLong epochMillis = new AtomicLong(1_795_256_160_000L);

  final CapturedOutput said = new CapturedOutput();
  final LokiSink sink;

  /// @param environment names and values in turn, besides a token and the required labels
  LokiFixture(String endpoint, String... environment) {
    FunctionIdentity function =
        new FunctionIdentity("hello", "$LATEST", "eu-west-1", 128, null, null);
    SinkContext context =
        new SinkContext(settings(endpoint, environment), () -> function, said.diagnostics());
    this.sink = LokiSinkProvider.open(context, epochMillis::get, 0);
  }

  static Settings settings(String endpoint, String... environment) {
    Map<String, String> variables = new HashMap<>();
    variables.put("LOKI_ENDPOINT_URL", endpoint);
    variables.put("LOKI_APPLICATION_LABEL", "shop");
    variables.put("LOKI_ENV_LABEL", "prod");
    variables.put("LOKI_BEARER_TOKEN", "t0ken");
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return Settings.of(variables, LokiSettings.all());
  }

  static LogRecord line(String text) {
    return LogRecord.text(TIME, "function", REQUEST_ID, text.getBytes(UTF_8));
  }

  static Batch batch(String id, String... lines) {
    List<LogRecord> records = new ArrayList<>();
    for (String line : lines) {
      records.add(line(line));
    }
    return batch(id, records);
  }

  static Batch batch(String id, List<LogRecord> records) {
    return new Batch(id, records);
  }

  static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }

  @Override
  public void close() {
    sink.close();
  }
}
