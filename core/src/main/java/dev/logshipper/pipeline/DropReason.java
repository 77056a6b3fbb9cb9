package dev.logshipper.pipeline;

import java.util.Locale;

/// Why a record was dropped. Each drop is counted.
public enum DropReason {
  /// The buffer was full.
  OVERFLOW,
  /// Larger than the sink's limit.
  OVERSIZED,
  /// The destination rejected it.
  REJECTED,
  /// The sink could not be opened.
  SINK_OFF;

  /// The name in the ledger line.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
