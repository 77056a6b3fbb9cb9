package dev.logshipper.sandbox.destination.realservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.sandbox.destination.loki.LokiEntry;
import dev.logshipper.sandbox.destination.loki.LokiStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads all entries of a Loki, and trusts the result only if it has as many as Loki counts.
///
/// A `query_range` that is too large for Loki's own components gets 200 and nothing, or silence. So
/// a span of time is queried only when it has few entries, and is split in two when the response
/// has fewer than `count_over_time` reports.
final class LokiReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVERYTHING = "{service_name=~\".+\"}";
  private static final long ENTRIES_AT_ONCE = 500;

  /// The number of the largest lines that fit into a message between Loki's components.
  private static final long FEW_ENTRIES = 8;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /// The range that Loki accepts: 7 days back, 10 minutes ahead.
  private static final Duration BACK = Duration.ofDays(8);

  private static final Duration AHEAD = Duration.ofMinutes(15);

  /// Added by Loki, not pushed.
  private static final Set<String> OWN_LABELS = Set.of("service_name", "__stream_shard__");

  private static final String OWN_METADATA = "detected_level";

  private final String url;
  private final String tenant;

  LokiReader(String url, String tenant) {
    this.url = url;
    this.tenant = tenant;
  }

  /// Streams in the order in which Loki first gave an entry of them.
  List<LokiStream> read() {
    Map<SortedMap<String, String>, List<LokiEntry>> streams = new LinkedHashMap<>();
    Instant now = Instant.now();
    read(now.minus(BACK).toEpochMilli(), now.plus(AHEAD).toEpochMilli(), streams);
    List<LokiStream> read = new ArrayList<>();
    streams.forEach((labels, entries) -> read.add(new LokiStream(tenant, labels, entries)));
    return read;
  }

  /// @param from the first millisecond
  /// @param to exclusive
  private void read(long from, long to, Map<SortedMap<String, String>, List<LokiEntry>> streams) {
    long expected = count(from, to);
    if (expected == 0) {
      return;
    }
    boolean single = to - from == 1;
    JsonNode result =
        single || expected <= ENTRIES_AT_ONCE
            ? query(from * NANOS_PER_MILLI, to * NANOS_PER_MILLI, expected)
            : null;
    if (result != null && size(result) == expected) {
      collect(result, to * NANOS_PER_MILLI, streams);
    } else if (single) {
      readByNanoseconds(from, expected, streams);
    } else {
      long middle = from + (to - from) / 2;
      read(from, middle, streams);
      read(middle, to, streams);
    }
  }

  /// Loki counts in milliseconds at best. Within one, pages end with a whole nanosecond.
  private void readByNanoseconds(
      long milli, long expected, Map<SortedMap<String, String>, List<LokiEntry>> streams) {
    long from = milli * NANOS_PER_MILLI;
    long to = from + NANOS_PER_MILLI;
    long missing = expected;
    long limit = FEW_ENTRIES;
    while (missing > 0) {
      JsonNode result = query(from, to, limit);
      long newest = newest(result);
      if (size(result) == missing) {
        missing -= collect(result, to, streams);
      } else if (size(result) == limit && newest > from) {
        missing -= collect(result, newest, streams);
        from = newest;
        limit = FEW_ENTRIES;
      } else if (size(result) == limit) {
        limit *= 2;
      } else {
        throw new IllegalStateException(
            "Loki counts %d entries in millisecond %d and does not give the last %d of them"
                .formatted(expected, milli, missing));
      }
    }
  }

  private long count(long from, long to) {
    // The range ends with the requested time, and excludes its own beginning.
    String query = "sum(count_over_time(" + EVERYTHING + "[" + (to - from) + "ms]))";
    long time = to * NANOS_PER_MILLI - 1;
    JsonNode result = ask("/query?query=" + encoded(query) + "&time=" + time);
    return result.isEmpty() ? 0 : result.get(0).path("value").path(1).asLong();
  }

  /// @param from the first nanosecond
  /// @param to exclusive
  private JsonNode query(long from, long to, long limit) {
    return ask(
        "/query_range?query=%s&start=%d&end=%d&limit=%d&direction=forward"
            .formatted(encoded(EVERYTHING), from, to, limit));
  }

  private JsonNode ask(String question) {
    HttpRequest.Builder request =
        HttpCalls.request(url + "/loki/api/v1" + question)
            .header("X-Scope-OrgID", tenant)
            .header("X-Loki-Response-Encoding-Flags", "categorize-labels");
    try {
      return JSON.readTree(HttpCalls.body(request)).path("data").path("result");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(JsonNode result) {
    long size = 0;
    for (JsonNode stream : result) {
      size += stream.path("values").size();
    }
    return size;
  }

  private static long newest(JsonNode result) {
    long newest = 0;
    for (JsonNode stream : result) {
      for (JsonNode value : stream.path("values")) {
        newest = Math.max(newest, value.get(0).asLong());
      }
    }
    return newest;
  }

  /// Reads the number of entries older than a time.
  private static long collect(
      JsonNode result, long to, Map<SortedMap<String, String>, List<LokiEntry>> streams) {
    long collected = 0;
    for (JsonNode stream : result) {
      SortedMap<String, String> labels = pairs(stream.path("stream"));
      labels.keySet().removeAll(OWN_LABELS);
      List<LokiEntry> entries = streams.computeIfAbsent(labels, _ -> new ArrayList<>());
      for (JsonNode value : stream.path("values")) {
        long nanos = value.get(0).asLong();
        if (nanos < to) {
          SortedMap<String, String> metadata = pairs(value.path(2).path("structuredMetadata"));
          metadata.remove(OWN_METADATA);
          entries.add(new LokiEntry(nanos, value.get(1).asText(), metadata));
          collected++;
        }
      }
    }
    return collected;
  }

  private static SortedMap<String, String> pairs(JsonNode object) {
    SortedMap<String, String> pairs = new TreeMap<>();
    object.properties().forEach(each -> pairs.put(each.getKey(), each.getValue().asText()));
    return pairs;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
