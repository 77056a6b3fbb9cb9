package dev.logshipper.bench.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// A function's log lines: 200 bytes each, as varied as real ones in times, ids, paths, numbers and
/// words, and the same in each run. The platform delivers [#LINES] of them at once.
///
/// Some characters of text need escaping, and JSON contains escapes.
public final class SampleLines {
  private static final int LINE_BYTES = 200;

  /// Lines in a delivery and in a batch.
  public static final int LINES = 256 * 1024 / LINE_BYTES;

  /// Bytes of these lines.
  public static final int BYTES = LINES * LINE_BYTES;

  /// The function logs plain text.
  public static final String TEXT = "text";

  /// The function logs a JSON object in each line.
  public static final String JSON = "json";

  private static final long SEED = 20_261_121;
  private static final String REQUEST_ID = "459921b5-681c-4a96-beb0-81e0aa586026";
  private static final String[] LEVELS = {"INFO", "INFO", "INFO", "DEBUG", "WARN"};
  private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT", "DELETE"};
  private static final String[] WORDS =
      ("order cart payment user session token cache query row retry stock price invoice queue message"
              + " upstream timeout connection accepted stored removed of for in after with the a no"
              + " \"quoted\" C:\\temp caf\u00e9")
          .split(" ", -1);

  private final Random random = new Random(SEED);
  private final boolean json;

  private SampleLines(String kind) {
    this.json = kind.equals(JSON);
  }

  /// The body of one delivery.
  ///
  /// @param kind [#TEXT] or [#JSON]
  public static byte[] delivery(String kind) {
    SampleLines sample = new SampleLines(kind);
    List<String> events = new ArrayList<>();
    for (int number = 0; number < LINES; number++) {
      String line = sample.line(number);
      String record = sample.json ? line : '"' + escaped(line) + '"';
      events.add(
          "{\"time\":\"" + time(number) + "\",\"type\":\"function\",\"record\":" + record + "}");
    }
    return ("[" + String.join(",", events) + "]").getBytes(UTF_8);
  }

  /// The records of one batch.
  ///
  /// @param kind [#TEXT] or [#JSON]
  public static List<LogRecord> records(String kind) {
    SampleLines sample = new SampleLines(kind);
    List<LogRecord> records = new ArrayList<>();
    for (int number = 0; number < LINES; number++) {
      byte[] content = sample.line(number).getBytes(UTF_8);
      records.add(
          sample.json
              ? LogRecord.json(time(number), "function", REQUEST_ID, content)
              : LogRecord.text(time(number), "function", REQUEST_ID, content));
    }
    return records;
  }

  private String line(int number) {
    String start =
        json
            ? "{\"timestamp\":\"%s\",\"level\":\"%s\",\"requestId\":\"%s\",\"order\":%d,\"message\":\""
                .formatted(time(number), oneOf(LEVELS), REQUEST_ID, random.nextInt(1_000_000))
            : "%s %s %016x %s /api/v1/orders/%d took %d ms"
                .formatted(
                    time(number),
                    oneOf(LEVELS),
                    random.nextLong(),
                    oneOf(METHODS),
                    random.nextInt(1_000_000),
                    random.nextInt(2_000));
    String end = json ? "\"}" : "";
    return start + words(LINE_BYTES - start.length() - end.length()) + end;
  }

  /// Words of this length in total, the last one padded or cut off.
  private String words(int bytes) {
    StringBuilder words = new StringBuilder();
    int remaining = bytes;
    while (remaining > 0) {
      String word = " " + oneOf(WORDS);
      String written = json ? escaped(word) : word;
      int size = written.getBytes(UTF_8).length;
      words.append(size <= remaining ? written : ".".repeat(remaining));
      remaining -= size;
    }
    return words.toString();
  }

  private String oneOf(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// Three lines per millisecond.
  private static String time(int number) {
    return String.format(Locale.ROOT, "2026-11-21T10:15:30.%03dZ", number / 3 % 1000);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
