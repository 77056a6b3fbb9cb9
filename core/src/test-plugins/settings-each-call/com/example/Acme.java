package com.example;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import java.util.List;

/// Creates its settings at each call.
public class Acme extends PlainProvider {
  @Override
  public List<Setting<?>> settings() {
    return List.of(Setting.optional("PUSHER_ACME_X", Parsers.text(), "X."));
  }
}
