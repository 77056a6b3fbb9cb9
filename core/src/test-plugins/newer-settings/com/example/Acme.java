package com.example;

import dev.logshipper.config.Setting;
import dev.logshipper.sink.Level;
import java.util.List;

/// Calls a method of a newer SPI in `settings()`.
public class Acme extends PlainProvider {
  @Override
  public List<Setting<?>> settings() {
    Level.OFF.label();
    return List.of();
  }
}
