package com.example;

import dev.logshipper.config.Setting;
import java.util.List;

/// Shows a secret in `settings()`.
public class Acme extends PlainProvider {
  @Override
  public List<Setting<?>> settings() {
    return Secret.fail();
  }
}
