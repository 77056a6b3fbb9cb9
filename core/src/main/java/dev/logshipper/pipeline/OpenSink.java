package dev.logshipper.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An open sink as the pipeline sees it: its limits are constant, a result is possible for its
/// batch (rule S8), an exception of any kind is a failed attempt (S10), and it is closed once. A
/// plugin may throw anything; the function must not notice.
///
/// @param name the sink's mode
record OpenSink(String name, Sink sink, BatchLimits limits, Diagnostics diagnostics) {

  /// Opens a sink, or reports why it cannot be opened.
  ///
  /// @return null when it cannot be opened
  static @Nullable OpenSink open(String name, Supplier<Sink> opener, Diagnostics diagnostics) {
    try {
      Sink sink = opener.get();
      return new OpenSink(name, sink, Objects.requireNonNull(sink.limits()), diagnostics);
    } catch (RuntimeException | Error e) {
      diagnostics.warn(
          name
              + ": the sink cannot be opened ("
              + whyNotOpened(e)
              + "); records for it are dropped and counted");
      return null;
    }
  }

  /// Contradictory settings are the user's to correct, and by the SPI this message contains no
  /// secret.
  private static String whyNotOpened(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof IllegalArgumentException && message != null
        ? message
        : describe(failure);
  }

  /// Prepares the first send before there is anything to send.
  void warmUp(Deadline deadline) throws InterruptedException {
    byte[] text = "warm-up".getBytes(UTF_8);
    LogRecord record = LogRecord.text("1970-01-01T00:00:00.000Z", "function", null, text);
    try {
      sink.warmUp(new Batch("warm-up", List.of(record)), deadline);
    } catch (IOException | RuntimeException | Error _) {
      // The first send will fail in the same way, and that is reported.
    }
  }

  /// Makes one attempt.
  SendResult send(Batch batch, Deadline deadline) throws InterruptedException {
    try {
      SendResult result = Objects.requireNonNull(sink.send(batch, deadline));
      return isPossible(result, batch.records().size())
          ? result
          : SendResult.notSent("the sink returned indexes that are not in the batch");
    } catch (IOException e) {
      return SendResult.retry(describe(e));
    } catch (RuntimeException | Error e) {
      return SendResult.notSent("the sink failed: " + describe(e));
    }
  }

  private static boolean isPossible(SendResult result, int records) {
    if (result instanceof SendResult.Progress progress) {
      return progress.delivered() >= 0 && progress.delivered() < records;
    }
    return !(result instanceof SendResult.Partial partial)
        || isPossible(partial.retry(), partial.rejected(), records);
  }

  private static boolean isPossible(List<Integer> retry, List<Integer> rejected, int records) {
    BitSet named = new BitSet(records);
    return retry.size() < records
        && areNew(retry, named, records)
        && areNew(rejected, named, records)
        && !named.isEmpty();
  }

  /// Whether the indexes are ascending, in the batch, and not yet named; names them.
  private static boolean areNew(List<Integer> indexes, BitSet named, int records) {
    int previous = -1;
    for (int index : indexes) {
      if (index <= previous || index >= records || named.get(index)) {
        return false;
      }
      named.set(index);
      previous = index;
    }
    return true;
  }

  void close() {
    try {
      sink.close();
    } catch (RuntimeException | Error e) {
      diagnostics.debug(name + ": closing the sink failed: " + describe(e));
    }
  }

  /// A message may contain anything, so only the type is reported.
  private static String describe(Throwable failure) {
    return failure.getClass().getName();
  }
}
