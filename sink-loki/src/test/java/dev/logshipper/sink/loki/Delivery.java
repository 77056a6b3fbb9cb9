package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.in;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.SendResult;
import java.util.ArrayList;
import java.util.List;

/// Delivers batches as core does.
final class Delivery {
  private Delivery() {}

  /// Sends a batch as core does until all of it is delivered or rejected.
  ///
  /// @param results receives that of each attempt
  /// @return the rejected lines
  static List<String> of(Batch first, LokiSink sink, List<SendResult> results) throws Exception {
    List<String> rejected = new ArrayList<>();
    Batch batch = first;
    for (int attempts = 0; attempts < 50; attempts++) {
      SendResult result = sink.send(batch, in(20_000));
      results.add(result);
      List<Integer> remaining = new ArrayList<>();
      switch (result) {
        case SendResult.Delivered _ -> {}
        case SendResult.Rejected _ ->
            batch.records().forEach(record -> rejected.add(record.text()));
        case SendResult.Progress progress -> {
          for (int i = progress.delivered(); i < batch.records().size(); i++) {
            remaining.add(i);
          }
        }
        case SendResult.Partial partial -> {
          for (int index : partial.rejected()) {
            rejected.add(batch.records().get(index).text());
          }
          remaining.addAll(partial.retry());
        }
        case SendResult.Retry _ -> {
          continue;
        }
      }
      if (remaining.isEmpty()) {
        return rejected;
      }
      batch = remaining.size() == batch.records().size() ? batch : batch.remainder(remaining);
    }
    throw new AssertionError("no end after " + results);
  }
}
