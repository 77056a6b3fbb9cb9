package com.example;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;

/// Fails in three methods with an exception that it does not declare.
public class Acme extends PlainProvider {
  @Override
  public SinkDefaults defaults(Settings settings) {
    return Undeclared.raise();
  }

  @Override
  public Sink open(SinkContext context) {
    return new PlainSink() {
      @Override
      public SendResult send(Batch batch, Deadline deadline) {
        return Undeclared.raise();
      }

      @Override
      public void close() {
        Undeclared.raise();
      }
    };
  }
}
