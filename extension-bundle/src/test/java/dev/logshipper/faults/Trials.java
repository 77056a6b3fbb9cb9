package dev.logshipper.faults;

import dev.logshipper.bundle.BundledSink;

/// Where a test gets its trials from, as a parameter.
@FunctionalInterface
interface Trials {
  /// Describes a trial with a sink.
  TrialBuilder of(BundledSink sink);
}
