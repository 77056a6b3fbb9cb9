package com.example;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;

/// Returns whether it sees the class that the first record names.
public class Acme extends PlainProvider {
  @Override
  public Sink open(SinkContext context) {
    return new PlainSink() {
      @Override
      public SendResult send(Batch batch, Deadline deadline) {
        try {
          Class.forName(batch.records().getFirst().text());
          return SendResult.retry("there");
        } catch (ClassNotFoundException e) {
          return SendResult.retry("hidden");
        }
      }
    };
  }
}
