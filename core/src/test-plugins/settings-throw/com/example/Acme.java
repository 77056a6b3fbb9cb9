package com.example;

import dev.logshipper.config.Setting;
import java.util.List;

/// Fails in `settings()`.
public class Acme extends PlainProvider {
  @Override
  public List<Setting<?>> settings() {
    throw new AssertionError("hunter2");
  }
}
