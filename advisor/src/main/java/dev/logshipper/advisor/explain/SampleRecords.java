package dev.logshipper.advisor.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// Records of a function: lines of its own, or artificial ones that compress about as well as the
/// messages of a program; and the platform's reports as Lambda writes them. The same for each run.
final class SampleRecords {
  private static final String TIME = "2026-01-01T00:00:00.000Z";
  private static final int NUMBERS_MAX = 10_000;
  private static final int DURATION_MICROS_MAX = 1_000_000;
  private static final List<String> MESSAGES =
      List.of(
          "GET /orders 200 in # ms, # rows, cache miss, user #",
          "payment # accepted in # ms, amount #, currency EUR",
          "item # reserved, # left in stock of warehouse 3",
          "query took # ms and returned # rows from table orders");
  private static final String CONTEXT =
      " service=shop version=1.14.2 region=eu-west-1 stage=production trace=# handler=OrderHandler"
          + " attempt=1 tenant=default";

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<LogRecord> records = new ArrayList<>();

  private final Profile profile;
  private int sampleLines;

  private SampleRecords(Profile profile) {
    this.profile = profile;
  }

  /// The records of some invocations.
  ///
  /// @param lines per invocation
  /// @param reports whether the platform's records are among them
  static List<LogRecord> of(Profile profile, int lines, boolean reports, int invocations) {
    SampleRecords sample = new SampleRecords(profile);
    for (int i = 0; i < invocations; i++) {
      sample.addInvocation(lines, reports);
    }
    return sample.records;
  }

  private void addInvocation(int lines, boolean reports) {
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    if (reports) {
      report("platform.start", id, ",\"version\":\"$LATEST\"}");
    }
    for (int i = 0; i < lines; i++) {
      records.add(LogRecord.text(TIME, "function", id, line(id, i).getBytes(UTF_8)));
    }
    if (reports) {
      report(
          "platform.runtimeDone",
          id,
          ",\"status\":\"success\",\"metrics\":{\"durationMs\":"
              + millis()
              + ",\"producedBytes\":"
              + random.nextInt(NUMBERS_MAX)
              + "}}");
      report(
          "platform.report",
          id,
          ",\"status\":\"success\",\"metrics\":{\"durationMs\":"
              + millis()
              + ",\"billedDurationMs\":"
              + random.nextInt(NUMBERS_MAX)
              + ",\"memorySizeMB\":512,\"maxMemoryUsedMB\":"
              + random.nextInt(512)
              + "}}");
    }
  }

  private void report(String type, String id, String members) {
    String json = "{\"requestId\":\"" + id + "\"" + members;
    records.add(LogRecord.json(TIME, type, id, json.getBytes(UTF_8)));
  }

  private double millis() {
    return random.nextInt(DURATION_MICROS_MAX) / 1000.0;
  }

  private String line(String id, int number) {
    List<String> sample = profile.sample();
    return sample.isEmpty()
        ? artificial(id, number, profile.lineBytes())
        : sample.get(sampleLines++ % sample.size());
  }

  /// A message of a program, with numbers that differ, and the same context in each line.
  private String artificial(String id, int message, int bytes) {
    StringBuilder line = new StringBuilder(id).append(" INFO ");
    append(line, MESSAGES.get(message % MESSAGES.size()));
    while (line.length() < bytes) {
      append(line, CONTEXT);
    }
    return line.substring(0, bytes);
  }

  private void append(StringBuilder line, String template) {
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '#') {
        line.append(random.nextInt(NUMBERS_MAX));
      } else {
        line.append(c);
      }
    }
  }
}
