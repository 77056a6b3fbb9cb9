package dev.logshipper.pipeline;

import java.util.Locale;

/// Why a record was given up. Each is counted; none is silent.
public enum DropReason {
  /// The buffer was full.
  OVERFLOW,
  /// Larger than the destination takes.
  OVERSIZED,
  /// The destination refused it for good.
  REJECTED,
  /// The sink could not be set up.
  SINK_OFF;

  /// The name in the ledger.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
