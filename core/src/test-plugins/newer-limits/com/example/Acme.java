package com.example;

import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;

/// Calls a method of a newer SPI in `limits()`.
public class Acme extends PlainProvider {
  @Override
  public Sink open(SinkContext context) {
    return new PlainSink() {
      @Override
      public BatchLimits limits() {
        Level.OFF.label();
        return null;
      }
    };
  }
}
