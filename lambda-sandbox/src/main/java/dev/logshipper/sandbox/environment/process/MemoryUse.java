package dev.logshipper.sandbox.environment.process;

/// Memory of a set of processes, in bytes, as `/proc/PID/smaps_rollup` counts it.
///
/// @param pssBytes private pages, and the proportional share of shared ones (the cost next to other
///   processes)
/// @param privateBytes pages that no other process maps (the cost alone)
/// @param anonymousBytes pages without a file behind them, which cannot be read again from disk
public record MemoryUse(long pssBytes, long privateBytes, long anonymousBytes) {

  static final MemoryUse NONE = new MemoryUse(0, 0, 0);

  MemoryUse plus(MemoryUse other) {
    return new MemoryUse(
        pssBytes + other.pssBytes,
        privateBytes + other.privateBytes,
        anonymousBytes + other.anonymousBytes);
  }
}
