package dev.logshipper.sink.testkit;

import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/// Creates records that exhaust a sink's limits.
final class LimitRecords {
  private static final int RECORDS_MAX = 50_000;
  private static final int SHORT_LINE_BYTES = 4;
  private static final int RECORDS_MIN = 8;

  private LimitRecords() {}

  /// Returns the maximum number of records, short ones.
  static List<LogRecord> most(BatchLimits limits) {
    int fitting = limits.bytesMax() / (limits.recordOverheadBytes() + SHORT_LINE_BYTES);
    int count = Math.min(Math.min(limits.recordsMax(), fitting), RECORDS_MAX);
    List<LogRecord> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      records.add(SinkUnderTest.line(Integer.toString(i, 36)));
    }
    return records;
  }

  /// Returns records of letters that add up to the byte limit, or to as much of it as the record
  /// limit allows.
  static List<LogRecord> largest(BatchLimits limits) {
    Random random = new Random(2);
    return full(limits, bytes -> letters(random, bytes));
  }

  /// Like [#largest], of characters that many encodings escape.
  static List<LogRecord> largestOfQuotes(BatchLimits limits) {
    return full(limits, "\""::repeat);
  }

  /// Returns the content length of the longest record.
  static int longestContent(BatchLimits limits) {
    return limits.recordBytesMax() - limits.recordOverheadBytes();
  }

  private static List<LogRecord> full(BatchLimits limits, IntFunction<String> content) {
    int least = Math.ceilDiv(limits.bytesMax(), limits.recordBytesMax());
    int count = Math.min(limits.recordsMax(), Math.max(least, RECORDS_MIN));
    long total = Math.min(limits.bytesMax(), (long) count * limits.recordBytesMax());
    List<LogRecord> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int bytes = (int) (total / count) + (i < total % count ? 1 : 0);
      records.add(SinkUnderTest.line(content.apply(bytes - limits.recordOverheadBytes())));
    }
    return records;
  }

  /// Returns text that compresses badly.
  static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
