package dev.logshipper.sink.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Settings;
import dev.logshipper.sandbox.destination.loki.LokiBehaviour;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.testkit.CapturedOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A sink as its provider opens it, with a fixed clock.
final class LokiFixture implements AutoCloseable {
  static final String TIME = "2026-11-21T10:15:30.123Z";
  static final long TIME_NANOS = 1_795_256_130_123_000_000L;
  static final String REQUEST_ID = "459921b5-681c-4a96-beb0-81e0aa586026";

  /// Half a minute after [#TIME].
  static final Instant NOW = Instant.ofEpochMilli(1_795_256_160_000L);

  final CapturedOutput output = new CapturedOutput();
  final LokiSink sink;

  /// @param environment alternating names and values, in addition to a token and the labels
  LokiFixture(String endpoint, String... environment) {
    FunctionIdentity function =
        new FunctionIdentity("hello", "$LATEST", "eu-west-1", 128, null, null);
    SinkContext context =
        new SinkContext(settings(endpoint, environment), () -> function, output.diagnostics());
    this.sink = LokiSinkProvider.open(context, NOW::toEpochMilli, 0);
  }

  /// A stand-in with the same clock.
  static LokiDestination startLoki() {
    return LokiDestination.start(standard());
  }

  static LokiBehaviour standard() {
    return LokiBehaviour.standard().at(() -> NOW);
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
    return line(TIME, text);
  }

  static LogRecord line(String time, String text) {
    return LogRecord.text(time, "function", REQUEST_ID, text.getBytes(UTF_8));
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
