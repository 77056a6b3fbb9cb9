package com.example;

import dev.logshipper.sink.SinkProvider;

/// Built against an SPI whose provider has no version.
public class Acme implements SinkProvider {
  @Override
  public String mode() {
    return "acme";
  }
}
