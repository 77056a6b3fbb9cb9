package dev.logshipper.advisor.simulation;

/// The records of an environment.
///
/// @param lineBytes of each line of the function
/// @param reports whether the platform's records are shipped, too
public record Workload(int lineBytes, boolean reports) {
  /// Typical sizes of the platform's records: `platform.start`, `.runtimeDone`, `.report`, and all
  /// of init.
  public static final int START_BYTES = 80;

  public static final int DONE_BYTES = 230;
  public static final int REPORT_BYTES = 230;
  public static final int INIT_BYTES = 600;

  /// Records of init: its start and end, its report, the extension, the subscription.
  public static final int INIT_RECORDS = 5;
}
