package com.example;

import dev.logshipper.config.Setting;
import java.util.Collections;
import java.util.List;

/// Has a setting that is null.
public class Acme extends PlainProvider {
  @Override
  public List<Setting<?>> settings() {
    return Collections.singletonList(null);
  }
}
