package com.example;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SinkDefaults;

/// Calls a method of a newer SPI in `defaults()`.
public class Acme extends PlainProvider {
  @Override
  public SinkDefaults defaults(Settings settings) {
    Level.OFF.label();
    return null;
  }
}
