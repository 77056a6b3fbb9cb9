package com.example;

import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;

/// Shows a secret in `open()`.
public class Acme extends PlainProvider {
  @Override
  public Sink open(SinkContext context) {
    return Secret.fail();
  }
}
