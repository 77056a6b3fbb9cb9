package dev.logshipper.faults;

import dev.logshipper.bundle.BundledSink;

/// Where a test gets its runs from, as a parameter.
@FunctionalInterface
interface FaultRuns {
  /// Describes a run with a sink.
  FaultRunBuilder of(BundledSink sink);
}
