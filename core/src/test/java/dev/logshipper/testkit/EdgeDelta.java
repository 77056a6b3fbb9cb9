package dev.logshipper.testkit;

import java.util.List;

/// The Edge Delta extension, which two of our sinks replace.
public final class EdgeDelta {
  /// Every variable that it reads, in the order of our READMEs.
  public static final List<String> VARIABLES =
      List.of(
          "PUSHER_MODE",
          "ED_ENDPOINT",
          "KINESIS_ENDPOINT",
          "ED_FORWARD_LAMBDA_TAGS",
          "ED_LAMBDA_LOG_TYPES",
          "ED_PUSH_TIMEOUT_SEC",
          "ED_RETRY_INTERVAL_MS",
          "ED_BUFFER_SIZE_MB",
          "ED_FLUSH_AT_NEXT_INVOKE",
          "ED_PRINT_EXTENSION_LOGS",
          "ED_TAG_PREFIX",
          "ED_LAMBDA_MAX_ITEMS",
          "ED_LAMBDA_MAX_BYTES",
          "ED_LAMBDA_TIMEOUT_MS");

  private EdgeDelta() {}
}
