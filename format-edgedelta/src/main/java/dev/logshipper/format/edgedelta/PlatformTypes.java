package dev.logshipper.format.edgedelta;

/// Types of records that are rendered, rather than passed through.
final class PlatformTypes {
  static final String START = "platform.start";
  static final String RUNTIME_DONE = "platform.runtimeDone";
  static final String REPORT = "platform.report";

  private PlatformTypes() {}
}
