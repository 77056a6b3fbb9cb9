package dev.logshipper.sink;

/// Types of log records, as in [LogRecord#type], and their categories. The platform may send
/// others.
public final class RecordTypes {
  /// A line that the function wrote; also a category.
  public static final String FUNCTION = "function";

  /// A line that an extension wrote; also a category.
  public static final String EXTENSION = "extension";

  /// The category of all events of the platform.
  public static final String PLATFORM = "platform";

  public static final String INIT_START = "platform.initStart";
  public static final String INIT_RUNTIME_DONE = "platform.initRuntimeDone";
  public static final String INIT_REPORT = "platform.initReport";
  public static final String START = "platform.start";
  public static final String RUNTIME_DONE = "platform.runtimeDone";
  public static final String REPORT = "platform.report";
  public static final String EXTENSION_REGISTERED = "platform.extension";
  public static final String TELEMETRY_SUBSCRIPTION = "platform.telemetrySubscription";
  public static final String LOGS_DROPPED = "platform.logsDropped";

  /// A report of this extension about itself, in the category `log-shipper`.
  public static final String HEALTH = "log-shipper.health";

  /// A warning that this extension printed about itself; also the category of all its records.
  public static final String OWN = "log-shipper";

  private RecordTypes() {}
}
