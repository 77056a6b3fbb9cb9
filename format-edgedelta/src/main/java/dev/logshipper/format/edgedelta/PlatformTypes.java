package dev.logshipper.format.edgedelta;

/// Types of records with a form of their own.
final class PlatformTypes {
  static final String START = "platform.start";
  static final String RUNTIME_DONE = "platform.runtimeDone";
  static final String REPORT = "platform.report";

  private PlatformTypes() {}
}
