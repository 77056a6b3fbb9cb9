package dev.logshipper.sink.loki;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import java.util.ArrayList;
import java.util.List;

/// What is remembered of a batch from one attempt to the next: the times of its records, which must
/// not change, and how many of them are refused for good already. Numbers only, no record (rule
/// S12).
///
/// Not thread-safe.
final class BatchInHand {
  private final Timestamps timestamps;
  private String id = "";
  private long[] nanos = {};
  private int refused;
  private SendResult.Rejected refusal = new SendResult.Rejected("nothing is refused");

  BatchInHand(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  /// Takes a batch in hand; one that is in hand already stays as it is.
  void take(Batch batch) {
    if (batch.id().equals(id)) {
      return;
    }
    id = batch.id();
    refused = 0;
    nanos = new long[batch.records().size()];
    for (int i = 0; i < nanos.length; i++) {
      LogRecord record = batch.records().get(i);
      nanos[i] = timestamps.take(record, LongLines.partsMax(record));
    }
  }

  /// Nanoseconds since 1970 of a record; of a line in parts, those of the first one.
  long nanos(int index) {
    return nanos[index];
  }

  /// How many records at its beginning the server has refused for good. The SPI knows no way to say
  /// so of a part of a batch: they wait until the others have arrived.
  int refused() {
    return refused;
  }

  /// Why, as the last of them was told.
  SendResult.Rejected refusal() {
    return refusal;
  }

  /// The server has refused all before this place.
  void refuseUpTo(int index, SendResult.Rejected why) {
    refused = index;
    refusal = why;
  }

  /// The records from [#refused] to `to` have arrived.
  ///
  /// @return places of the others
  List<Integer> arrivedUpTo(Batch batch, int to) {
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < nanos.length; i++) {
      if (i < refused || i >= to) {
        others.add(i);
      }
    }
    id = batch.remainder(others).id();
    long[] remaining = new long[others.size()];
    for (int i = 0; i < remaining.length; i++) {
      remaining[i] = nanos[others.get(i)];
    }
    nanos = remaining;
    return others;
  }
}
