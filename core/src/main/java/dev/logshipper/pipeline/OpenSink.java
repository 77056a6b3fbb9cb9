package dev.logshipper.pipeline;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
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

  void warmUp(Batch batch, Deadline deadline) throws InterruptedException {
    try {
      sink.warmUp(batch, deadline);
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
          : SendResult.retry("the sink returned indexes that are not in the batch");
    } catch (IOException e) {
      return SendResult.retry(describe(e));
    } catch (RuntimeException | Error e) {
      return SendResult.retry("the sink failed: " + describe(e));
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
    boolean some = !retry.isEmpty() || !rejected.isEmpty();
    return some
        && retry.size() < records
        && isAscending(retry, records)
        && isAscending(rejected, records)
        && areDisjoint(retry, rejected);
  }

  /// Both lists are ascending.
  private static boolean areDisjoint(List<Integer> first, List<Integer> second) {
    int i = 0;
    int j = 0;
    while (i < first.size() && j < second.size()) {
      int order = Integer.compare(first.get(i), second.get(j));
      if (order == 0) {
        return false;
      }
      i += order < 0 ? 1 : 0;
      j += order > 0 ? 1 : 0;
    }
    return true;
  }

  private static boolean isAscending(List<Integer> indexes, int records) {
    int previous = -1;
    for (int index : indexes) {
      if (index <= previous || index >= records) {
        return false;
      }
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
