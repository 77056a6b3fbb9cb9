package dev.logshipper.sink;

import dev.logshipper.config.Settings;
import java.util.function.Supplier;

/// The services that core provides to a sink. Thread-safe.
public final class SinkContext {
  private final Settings settings;
  private final Supplier<FunctionIdentity> function;
  private final Diagnostics diagnostics;

  /// @param settings the values of the settings that the provider declared
  /// @param function called at each use, since parts of it become known late
  public SinkContext(
      Settings settings, Supplier<FunctionIdentity> function, Diagnostics diagnostics) {
    this.settings = settings;
    this.function = function;
    this.diagnostics = diagnostics;
  }

  /// The values of the provider's own settings.
  public Settings settings() {
    return settings;
  }

  /// The function. Call this when sending rather than when opening, because its ARN and account may
  /// become known with the first invocation only.
  public FunctionIdentity function() {
    return function.get();
  }

  /// The log of the extension, and the only way to print.
  public Diagnostics diagnostics() {
    return diagnostics;
  }
}
