package dev.logshipper.faults;

import dev.logshipper.bundle.BundledSink;

/// Creates the runs of a test, which gets it as a parameter.
@FunctionalInterface
interface FaultRuns {
  /// Describes a run with a sink.
  FaultRunBuilder of(BundledSink sink);
}
