package dev.logshipper.sink;

import dev.logshipper.config.Settings;
import java.util.function.Supplier;

/// What core lends to a sink. Thread-safe.
public final class SinkContext {
  private final Settings settings;
  private final Supplier<FunctionIdentity> function;
  private final Diagnostics diagnostics;

  /// @param settings holding what the provider declared, and no others
  /// @param function asked at each use, since parts of it are learned late
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

  /// The function; ask when sending rather than when opened, because its ARN and account may be
  /// learned from the first invocation.
  public FunctionIdentity function() {
    return function.get();
  }

  /// The only way to print.
  public Diagnostics diagnostics() {
    return diagnostics;
  }
}
