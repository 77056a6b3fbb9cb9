package com.example;

import dev.logshipper.sink.Level;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;

/// Calls a method of a newer SPI in `open()`.
public class Acme extends PlainProvider {
  @Override
  public Sink open(SinkContext context) {
    Level.OFF.label();
    return null;
  }
}
