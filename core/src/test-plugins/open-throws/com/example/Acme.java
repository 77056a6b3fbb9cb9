package com.example;

import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;

/// Fails in `open()`.
public class Acme extends PlainProvider {
  @Override
  public Sink open(SinkContext context) {
    throw new IllegalStateException("hunter2");
  }
}
