package com.example;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;

/// Prints to both streams.
public class Acme extends PlainProvider {
  @Override
  public Sink open(SinkContext context) {
    return new PlainSink() {
      @Override
      public SendResult send(Batch batch, Deadline deadline) {
        System.out.println(1);
        System.err.println(2);
        return SendResult.DELIVERED;
      }
    };
  }
}
