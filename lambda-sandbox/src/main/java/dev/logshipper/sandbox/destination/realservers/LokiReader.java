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

/// Reads everything that a Loki holds, and believes it only when it is as much as Loki counts.
///
/// A `query_range` that is too large for Loki's own parts is answered with 200 and nothing, or with
/// silence. So a span of time is asked for only when few entries are in it, and cut in two when the
/// answer has not as many as `count_over_time` says.
final class LokiReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVERYTHING = "{service_name=~\".+\"}";
  private static final long ENTRIES_AT_ONCE = 500;

  /// Of the largest lines that Loki takes, as many as fit between its parts.
  private static final long FEW_ENTRIES = 8;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /// What Loki accepts: 7 days back, 10 minutes ahead.
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
  /// @param to the one after the last
  private void read(long from, long to, Map<SortedMap<String, String>, List<LokiEntry>> streams) {
    long expected = count(from, to);
    if (expected == 0) {
      return;
    }
    boolean single = to - from == 1;
    JsonNode answer =
        single || expected <= ENTRIES_AT_ONCE
            ? query(from * NANOS_PER_MILLI, to * NANOS_PER_MILLI, expected)
            : null;
    if (answer != null && size(answer) == expected) {
      collect(answer, to * NANOS_PER_MILLI, streams);
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
    long left = expected;
    long limit = FEW_ENTRIES;
    while (left > 0) {
      JsonNode answer = query(from, to, limit);
      long newest = newest(answer);
      if (size(answer) == left) {
        left -= collect(answer, to, streams);
      } else if (size(answer) == limit && newest > from) {
        left -= collect(answer, newest, streams);
        from = newest;
        limit = FEW_ENTRIES;
      } else if (size(answer) == limit) {
        limit *= 2;
      } else {
        throw new IllegalStateException(
            "Loki counts %d entries in millisecond %d and does not give the last %d of them"
                .formatted(expected, milli, left));
      }
    }
  }

  private long count(long from, long to) {
    // The range ends with the time that is asked for, and does not hold its own beginning.
    String query = "sum(count_over_time(" + EVERYTHING + "[" + (to - from) + "ms]))";
    long time = to * NANOS_PER_MILLI - 1;
    JsonNode result = ask("/query?query=" + encoded(query) + "&time=" + time);
    return result.isEmpty() ? 0 : result.get(0).path("value").path(1).asLong();
  }

  /// @param from the first nanosecond
  /// @param to the one after the last
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

  private static long size(JsonNode answer) {
    long size = 0;
    for (JsonNode stream : answer) {
      size += stream.path("values").size();
    }
    return size;
  }

  private static long newest(JsonNode answer) {
    long newest = 0;
    for (JsonNode stream : answer) {
      for (JsonNode value : stream.path("values")) {
        newest = Math.max(newest, value.get(0).asLong());
      }
    }
    return newest;
  }

  /// Takes what is older than a time, and says how much that is.
  private static long collect(
      JsonNode answer, long to, Map<SortedMap<String, String>, List<LokiEntry>> streams) {
    long taken = 0;
    for (JsonNode stream : answer) {
      SortedMap<String, String> labels = pairs(stream.path("stream"));
      labels.keySet().removeAll(OWN_LABELS);
      List<LokiEntry> entries = streams.computeIfAbsent(labels, _ -> new ArrayList<>());
      for (JsonNode value : stream.path("values")) {
        long nanos = value.get(0).asLong();
        if (nanos < to) {
          SortedMap<String, String> metadata = pairs(value.path(2).path("structuredMetadata"));
          metadata.remove(OWN_METADATA);
          entries.add(new LokiEntry(nanos, value.get(1).asText(), metadata));
          taken++;
        }
      }
    }
    return taken;
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
