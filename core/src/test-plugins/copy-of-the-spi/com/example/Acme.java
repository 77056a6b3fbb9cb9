package com.example;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;

/// Returns whether a class comes from core.
public class Acme extends PlainProvider {
  @Override
  public Sink open(SinkContext context) {
    return new PlainSink() {
      @Override
      public SendResult send(Batch batch, Deadline deadline) {
        boolean isShared = Level.class.getClassLoader() == Batch.class.getClassLoader();
        return SendResult.retry(String.valueOf(isShared));
      }
    };
  }
}
