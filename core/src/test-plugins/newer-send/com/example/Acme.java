package com.example;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;

/// Calls a method of a newer SPI in `send()`.
public class Acme extends PlainProvider {
  @Override
  public Sink open(SinkContext context) {
    return new PlainSink() {
      @Override
      public SendResult send(Batch batch, Deadline deadline) {
        Level.OFF.label();
        return null;
      }
    };
  }
}
