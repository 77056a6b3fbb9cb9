package com.example;

import dev.logshipper.config.Setting;
import java.util.List;

/// Has a setting without a parser.
public class Acme extends PlainProvider {
  @Override
  public List<Setting<?>> settings() {
    return List.of(Setting.optional("X", null, ""));
  }
}
