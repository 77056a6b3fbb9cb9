package com.example;

import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;

/// Fails in `open()` with an exception that it does not declare.
public class Acme extends PlainProvider {
  @Override
  public Sink open(SinkContext context) {
    return Undeclared.raise();
  }
}
