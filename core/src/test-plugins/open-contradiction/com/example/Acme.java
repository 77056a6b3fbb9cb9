package com.example;

import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;

/// Finds its settings contradictory.
public class Acme extends PlainProvider {
  @Override
  public Sink open(SinkContext context) {
    throw new IllegalArgumentException("not both");
  }
}
