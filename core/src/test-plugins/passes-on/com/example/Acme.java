package com.example;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;

/// Differs from core's defaults and returns what it receives.
public class Acme extends PlainProvider {
  @Override
  public SinkDefaults defaults(Settings settings) {
    return SinkDefaults.builder().batchBytes(77).build();
  }

  @Override
  public Sink open(SinkContext context) {
    return new PlainSink() {
      @Override
      public BatchLimits limits() {
        return new BatchLimits(3, 99, 9, 1);
      }

      @Override
      public SendResult send(Batch batch, Deadline deadline) {
        return SendResult.retry(batch.records().getFirst().text());
      }
    };
  }
}
