package com.example;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import java.util.List;

/// Has a setting without a name.
public class Acme extends PlainProvider {
  @Override
  public List<Setting<?>> settings() {
    return List.of(Setting.optional(null, Parsers.text(), ""));
  }
}
