package dev.logshipper.advisor.explain;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.advisor.simulation.Workload;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// Measures the bodies of a sink's requests: sends samples to a server in this process.
final class WireSize {
  private static final Duration TIME_MAX = Duration.ofSeconds(20);
  private static final int SAMPLE_INVOCATIONS = 20;

  /// Mean size of the platform's records.
  private static final double REPORT_BYTES =
      (Workload.START_BYTES + Workload.DONE_BYTES + Workload.REPORT_BYTES) / 3.0;

  /// Less than any destination accepts in a request, for the larger of two samples.
  private static final int SAMPLE_BYTES = 800_000;

  private final Checkup checkup;
  private final Profile profile;

  WireSize(Checkup checkup, Profile profile) {
    this.checkup = checkup;
    this.profile = profile;
  }

  /// The part of a body that each request has, and the part of a record.
  record Body(double perRequest, double perRecord) {}

  List<LaneConfig> lanes() {
    return checkup.configuration().lanes(WireSize::function, new Silence());
  }

  /// A body of nothing for a sink that is off.
  Body measure(LaneConfig lane, int lines, boolean reports) throws InterruptedException {
    int few = Math.min(lines, Math.max(1, SAMPLE_BYTES / 2 / profile.lineBytes()));
    int bytes = few * profile.lineBytes() + Workload.DONE_BYTES + Workload.REPORT_BYTES;
    List<LogRecord> once = records(few, reports, 1);
    List<LogRecord> often =
        records(few, reports, Math.clamp(SAMPLE_BYTES / bytes, 2, SAMPLE_INVOCATIONS));
    if (lane.opener() == null || once.isEmpty()) {
      return new Body(0, 0);
    }
    try {
      double small = bytes(lane.name(), once);
      double large = bytes(lane.name(), often);
      double perRecord = (large - small) / (often.size() - once.size());
      return new Body(
          Math.max(0, small - perRecord * once.size()),
          perRecord * content(lines, once.size() - few) / content(few, once.size() - few));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Mean size of an invocation's records.
  private double content(int lines, int reports) {
    double bytes = (double) lines * profile.lineBytes() + reports * REPORT_BYTES;
    return bytes / (lines + reports);
  }

  private double bytes(String mode, List<LogRecord> records)
      throws IOException, InterruptedException {
    long[] bytes = new long[1];
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> respond(exchange, bytes));
    server.start();
    try {
      Checkup local =
          Checkup.withDefaults(checkup.function().with(redirected(server.getAddress().getPort())));
      for (LaneConfig lane : local.configuration().lanes(WireSize::function, new Silence())) {
        Supplier<Sink> opener = lane.opener();
        if (lane.name().equals(mode) && opener != null) {
          send(opener, records);
        }
      }
    } finally {
      server.stop(0);
    }
    return bytes[0];
  }

  private static void send(Supplier<Sink> opener, List<LogRecord> records)
      throws IOException, InterruptedException {
    try (Sink sink = opener.get()) {
      sink.limits();
      sink.send(new Batch("sample", records), Deadline.after(TIME_MAX, System::nanoTime));
    }
  }

  private static void respond(HttpExchange exchange, long[] bytes) throws IOException {
    synchronized (bytes) {
      bytes[0] += exchange.getRequestBody().readAllBytes().length;
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /// The function's variables with the server as destination of all sinks, and no real secret.
  private Map<String, String> redirected(int port) {
    Map<String, String> variables = new LinkedHashMap<>();
    checkup
        .function()
        .variables()
        .forEach((name, value) -> {
          if (!name.toUpperCase(Locale.ROOT).endsWith("PROXY")) {
            variables.put(name, value.contains("arn:") ? "x" : value);
          }
        });
    String url = "http://127.0.0.1:" + port + "/";
    for (String name :
        List.of(
            "ED_ENDPOINT",
            "LOKI_ENDPOINT_URL",
            "AWS_ENDPOINT_URL_S3",
            "AWS_ENDPOINT_URL_FIREHOSE")) {
      variables.put(name, url);
    }
    variables.remove("PUSHER_HTTP_URL");
    variables.remove("PUSHER_LOKI_URL");
    for (String name :
        List.of("PUSHER_S3_ROLE_ARN", "PUSHER_KINESIS_ROLE_ARN", "PUSHER_FIREHOSE_ROLE_ARN")) {
      variables.remove(name);
    }
    variables.put("AWS_ACCESS_KEY_ID", "sample");
    variables.put("AWS_SECRET_ACCESS_KEY", "sample");
    variables.put("ED_FORWARD_LAMBDA_TAGS", "false");
    return variables;
  }

  private List<LogRecord> records(int lines, boolean reports, int invocations) {
    return SampleRecords.of(profile, lines, reports, invocations);
  }

  private static FunctionIdentity function() {
    String arn = "arn:aws:lambda:us-east-1:123456789012:function:my-function";
    return new FunctionIdentity("my-function", "$LATEST", "us-east-1", 512, "123456789012", arn);
  }

  /// Prints nothing.
  private static final class Silence implements Diagnostics {
    @Override
    public void warn(String line) {}

    @Override
    public void info(String line) {}

    @Override
    public void debug(String line) {}
  }
}
