package dev.logshipper.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Settings;
import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SinkContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// A sink as its provider opens it, with a clock in the hands of the test.
final class HttpFixture implements AutoCloseable {
  static final String TIME = "2026-11-21T10:15:30.123Z";

  /// The wall clock; starts at [#TIME].
  final AtomicLong epochMillis = new AtomicLong(1_795_256_130_123L);

  final HttpSink sink;

  /// @param environment names and values in turn
  HttpFixture(String endpoint, String... environment) {
    this.sink = open(endpoint, epochMillis, environment);
  }

  static HttpSink open(String endpoint, AtomicLong epochMillis, String... environment) {
    Map<String, String> variables = new HashMap<>();
    variables.put("ED_ENDPOINT", endpoint);
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    Settings settings = Settings.of(variables, HttpSettings.all());
    FunctionIdentity function =
        new FunctionIdentity("hello", "$LATEST", "eu-west-1", 128, "123456789012", "arn:hello");
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    SinkContext context =
        new SinkContext(settings, () -> function, new PrintingDiagnostics(out, Level.DEBUG));
    return HttpSinkProvider.open(context, epochMillis::get);
  }

  static Batch batch(String id, String... lines) {
    List<LogRecord> records = new ArrayList<>();
    for (String line : lines) {
      records.add(LogRecord.text(TIME, "function", "r1", line.getBytes(UTF_8)));
    }
    return new Batch(id, records);
  }

  static Batch batch() {
    return batch("b-1", "hush");
  }

  static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), System::nanoTime);
  }

  @Override
  public void close() {
    sink.close();
  }
}
