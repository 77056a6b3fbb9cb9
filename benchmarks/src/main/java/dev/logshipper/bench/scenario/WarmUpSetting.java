package dev.logshipper.bench.scenario;

import dev.logshipper.sandbox.environment.SandboxBuilder;

/// The value of `PUSHER_WARM_UP_MS`.
public enum WarmUpSetting {
  DEFAULT("default settings", ""),
  NONE("PUSHER_WARM_UP_MS=0", "0"),
  /// As long as the default where the default warms up.
  LONG("PUSHER_WARM_UP_MS=500", "500");

  private final String title;
  private final String millis;

  WarmUpSetting(String title, String millis) {
    this.title = title;
    this.millis = millis;
  }

  public String title() {
    return title;
  }

  void applyTo(SandboxBuilder sandbox) {
    if (!millis.isEmpty()) {
      sandbox.environment("PUSHER_WARM_UP_MS", millis);
    }
  }
}
