package com.example;

import dev.logshipper.config.Setting;
import java.util.List;

/// Has null instead of settings.
public class Acme extends PlainProvider {
  @Override
  public List<Setting<?>> settings() {
    return null;
  }
}
