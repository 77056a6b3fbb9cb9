package dev.logshipper.sandbox.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.destination.loki.LokiEntry;
import dev.logshipper.sandbox.destination.loki.LokiStream;
import dev.logshipper.sandbox.destination.s3.S3Destination;
import dev.logshipper.sandbox.destination.s3.S3Object;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The data at a destination, in its own terms: objects, streams with labels, calls, requests.
public final class Landing {
  private static final int ITEMS_MAX = 8;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Landing() {}

  /// Lines that describe it.
  public static List<String> describe(Destination destination) {
    return switch (destination) {
      case S3Destination s3 -> objects(s3.objects());
      case LokiDestination loki -> streams(loki.streams());
      case FirehoseDestination firehose -> calls(firehose.requests());
      default -> request(destination.requests());
    };
  }

  private static List<String> objects(List<S3Object> objects) {
    List<String> lines = new ArrayList<>();
    for (S3Object each : objects.subList(0, Math.min(ITEMS_MAX, objects.size()))) {
      lines.add(
          "%8s, %3d lines  s3://%s/%s"
              .formatted(
                  bytes(each.body().length), each.lines().size(), each.bucket(), each.key()));
    }
    return withTotal(lines, objects.size(), "object");
  }

  private static List<String> streams(List<LokiStream> streams) {
    List<String> lines = new ArrayList<>();
    for (LokiStream each : streams.subList(0, Math.min(ITEMS_MAX, streams.size()))) {
      lines.add(
          "%s  %d %s"
              .formatted(
                  labels(each.labels()),
                  each.entries().size(),
                  each.entries().size() == 1 ? "entry" : "entries"));
      if (!each.entries().isEmpty()) {
        LokiEntry first = each.entries().getFirst();
        if (!first.metadata().isEmpty()) {
          lines.add("  structured metadata of the first: " + labels(first.metadata()));
        }
      }
    }
    return withTotal(lines, streams.size(), "stream");
  }

  private static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static List<String> calls(List<ReceivedRequest> requests) {
    List<String> lines = new ArrayList<>();
    for (ReceivedRequest each : requests.subList(0, Math.min(ITEMS_MAX, requests.size()))) {
      lines.add("PutRecordBatch  %s  %s".formatted(records(each), result(each)));
    }
    return withTotal(lines, requests.size(), "call");
  }

  private static String records(ReceivedRequest request) {
    String size = bytes(request.body().length);
    try {
      int lines = 0;
      JsonNode records = JSON.readTree(request.bodyText()).path("Records");
      for (JsonNode record : records) {
        lines += lines(record.path("Data").binaryValue());
      }
      return records.size() == 1
          ? "1 record of %d %s, %s".formatted(lines, lines == 1 ? "line" : "lines", size)
          : "%d records, %d lines, %s".formatted(records.size(), lines, size);
    } catch (IOException | IllegalStateException e) {
      return size;
    }
  }

  private static int lines(byte[] data) {
    int lines = 0;
    for (byte each : data) {
      lines += each == '\n' ? 1 : 0;
    }
    return lines;
  }

  private static List<String> request(List<ReceivedRequest> requests) {
    List<String> lines = new ArrayList<>();
    if (!requests.isEmpty()) {
      ReceivedRequest first = requests.getFirst();
      lines.add(first.method() + " " + first.path());
      new TreeMap<>(first.headers())
          .forEach((name, value) -> lines.add(name + ": " + shown(name, value)));
      lines.add("(%s)  %s".formatted(bytes(first.body().length), result(first)));
    }
    return withTotal(lines, requests.size(), "request");
  }

  private static String shown(String name, String value) {
    return name.equalsIgnoreCase("Authorization") ? "***" : value;
  }

  private static List<String> withTotal(List<String> lines, int count, String unit) {
    lines.add("%d %s in total".formatted(count, count == 1 ? unit : unit + "s"));
    return lines;
  }

  /// The result of a request: its status, or the fault that ended it.
  public static String result(ReceivedRequest request) {
    return switch (request.response()) {
      case ScriptedResponse.Http http ->
          request.responded() ? "status " + http.status() : "no response";
      case ScriptedResponse.Reset _ -> "connection reset";
      default -> request.responded() ? "responded late" : "no response";
    };
  }

  /// A number of bytes, with a unit that suits its size.
  public static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
