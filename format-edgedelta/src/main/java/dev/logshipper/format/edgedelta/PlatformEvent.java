package dev.logshipper.format.edgedelta;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The fields of `platform.start`, `platform.runtimeDone` and `platform.report` that are encoded.
/// Source of the names: Lambda Telemetry API, "Event schema reference".
///
/// @param requestId never empty
/// @param status empty if absent
/// @param errorType empty if absent
record PlatformEvent(String requestId, String status, String errorType, Metrics metrics) {
  private static final int EVENT_BYTES_KEPT_MAX = 4096;

  /// Numbers of a `platform.report`; NaN if absent.
  record Metrics(
      double durationMillis,
      double billedDurationMillis,
      double initDurationMillis,
      double memorySizeMegabytes,
      double maxMemoryUsedMegabytes) {
    static final Metrics NONE =
        new Metrics(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    boolean areEmpty() {
      return Double.isNaN(durationMillis)
          && Double.isNaN(billedDurationMillis)
          && Double.isNaN(initDurationMillis)
          && Double.isNaN(memorySizeMegabytes)
          && Double.isNaN(maxMemoryUsedMegabytes);
    }
  }

  /// Parses a record; null if it is not a JSON object with a request id.
  static @Nullable PlatformEvent read(LogRecord record) {
    if (!record.isJson()) {
      return null;
    }
    try {
      BodyBuffer content = new BodyBuffer(EVENT_BYTES_KEPT_MAX);
      record.writeTo(content);
      return read(new JsonReader(content.array(), 0, content.size()));
    } catch (JsonException | IOException _) {
      return null;
    }
  }

  private static @Nullable PlatformEvent read(JsonReader json) throws JsonException {
    String requestId = "";
    String status = "";
    String errorType = "";
    Metrics metrics = Metrics.NONE;
    json.expect('{');
    while (!json.accept('}')) {
      String name = json.string();
      json.expect(':');
      switch (name) {
        case "requestId" -> requestId = json.textOrEmpty();
        case "status" -> status = json.textOrEmpty();
        case "errorType" -> errorType = json.textOrEmpty();
        case "metrics" -> metrics = metrics(json);
        default -> json.skipValue();
      }
      json.accept(',');
    }
    return requestId.isEmpty() ? null : new PlatformEvent(requestId, status, errorType, metrics);
  }

  private static Metrics metrics(JsonReader json) throws JsonException {
    if (!json.accept('{')) {
      json.skipValue();
      return Metrics.NONE;
    }
    double duration = Double.NaN;
    double billed = Double.NaN;
    double init = Double.NaN;
    double size = Double.NaN;
    double used = Double.NaN;
    while (!json.accept('}')) {
      String name = json.string();
      json.expect(':');
      switch (name) {
        case "durationMs" -> duration = numberOrNaN(json);
        case "billedDurationMs" -> billed = numberOrNaN(json);
        case "initDurationMs" -> init = numberOrNaN(json);
        case "memorySizeMB" -> size = numberOrNaN(json);
        case "maxMemoryUsedMB" -> used = numberOrNaN(json);
        default -> json.skipValue();
      }
      json.accept(',');
    }
    return new Metrics(duration, billed, init, size, used);
  }

  private static double numberOrNaN(JsonReader json) throws JsonException {
    if (!json.isAtNumber()) {
      json.skipValue();
      return Double.NaN;
    }
    double number = json.number();
    return Double.isFinite(number) ? number : Double.NaN;
  }
}
