package com.example;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;

/// A well-behaved sink that acknowledges everything.
public class PlainSink implements Sink {
  @Override
  public BatchLimits limits() {
    return new BatchLimits(1_000, 1 << 20, 1 << 20, 0);
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException {
    return SendResult.DELIVERED;
  }

  @Override
  public void close() {}
}
