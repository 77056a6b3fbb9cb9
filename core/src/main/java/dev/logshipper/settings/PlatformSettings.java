package dev.logshipper.settings;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import java.util.List;

/// The variables that the platform sets.
final class PlatformSettings {
  static final Setting<String> RUNTIME_API =
      Setting.required("AWS_LAMBDA_RUNTIME_API", Parsers.text(), "Set by the platform.");

  static final Setting<String> INITIALIZATION_TYPE =
      Setting.withDefault(
          "AWS_LAMBDA_INITIALIZATION_TYPE", Parsers.text(), "on-demand", "Set by the platform.");

  static final Setting<Integer> MAX_CONCURRENCY =
      Setting.withDefault(
          "AWS_LAMBDA_MAX_CONCURRENCY",
          Parsers.wholeNumber(0, 1_000_000),
          1,
          "Set by the platform.");

  static final Setting<String> REGION =
      Setting.withDefault("AWS_REGION", Parsers.text(), "", "Set by the platform.");

  static final Setting<String> TEMPORARY_FOLDER =
      Setting.withDefault("TMPDIR", Parsers.text(), "/tmp", "Folder of temporary files.");

  static final Setting<Integer> MEMORY_SIZE =
      Setting.withDefault(
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          Parsers.wholeNumber(0, 1_000_000),
          0,
          "Set by the platform.");

  private PlatformSettings() {}

  /// All of them.
  static List<Setting<?>> all() {
    return List.of(
        RUNTIME_API, INITIALIZATION_TYPE, MAX_CONCURRENCY, REGION, MEMORY_SIZE, TEMPORARY_FOLDER);
  }
}
