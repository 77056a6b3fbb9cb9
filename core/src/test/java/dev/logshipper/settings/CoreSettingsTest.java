package dev.logshipper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoreSettingsTest {
  @Test
  void everyDefaultIsAsDocumented() {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (Setting<?> setting : all()) {
      if (setting.fallback().isPresent()) {
        defaults.put(setting.name(), setting.fallbackText());
      }
    }
    assertThat(defaults)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("PUSHER_MODE", "http"),
                Map.entry("PUSHER_FLUSH", "auto"),
                Map.entry("PUSHER_MAX_STALENESS_MS", "1000"),
                Map.entry("PUSHER_MAX_HOLD_MS", "2000"),
                Map.entry("PUSHER_EARLY_START", "true"),
                Map.entry("PUSHER_TLS", "native"),
                Map.entry("PUSHER_BATCH_BYTES", "786432"),
                Map.entry("PUSHER_BATCH_INVOKES", "10"),
                Map.entry("PUSHER_RETRY_INTERVAL_MS", "100"),
                Map.entry("PUSHER_RETRY_AFTER_MAX_MS", "60000"),
                Map.entry("PUSHER_REJECT_GRACE_MS", "60000"),
                Map.entry("PUSHER_BUFFER_MB", "20"),
                Map.entry("PUSHER_JOIN_LINES", "false"),
                Map.entry("PUSHER_SPOOL_MB", "0"),
                Map.entry("TMPDIR", "/tmp"),
                Map.entry("PUSHER_BACKPRESSURE", "false"),
                Map.entry("PUSHER_OVERFLOW", "drop-oldest"),
                Map.entry("PUSHER_LOG_TYPES", "function,platform"),
                Map.entry("PUSHER_LOGS_API", "telemetry"),
                Map.entry("PUSHER_PLATFORM_MAX_ITEMS", "1000"),
                Map.entry("PUSHER_PLATFORM_MAX_BYTES", "262144"),
                Map.entry("PUSHER_PLATFORM_TIMEOUT_MS", "25"),
                Map.entry("PUSHER_LOG_LEVEL", "info"),
                Map.entry("PUSHER_ON_ERROR", "continue"),
                Map.entry("PUSHER_OWN_LINES", "true"),
                Map.entry("PUSHER_HEALTH_RECORDS", "off"),
                Map.entry("PUSHER_HEALTH_INTERVAL_MS", "60000"),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                Map.entry("AWS_LAMBDA_MAX_CONCURRENCY", "1"),
                Map.entry("AWS_REGION", ""),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "0")));
  }

  @Test
  void noVariableOfADestinationIsCores() {
    for (Setting<?> setting : all()) {
      assertThat(setting.name()).matches("(PUSHER|AWS)_.*|TMPDIR");
      assertThat(setting.aliases()).isEmpty();
    }
  }

  @Test
  void everyDeclaredSettingIsListedOnce() throws IllegalAccessException {
    List<Object> declared = new ArrayList<>();
    for (Class<?> settings : List.of(CoreSettings.class, PlatformSettings.class)) {
      for (Field field : settings.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == Setting.class) {
          declared.add(field.get(null));
        }
      }
    }
    assertThat(all()).doesNotHaveDuplicates().hasSameElementsAs(castToSettings(declared));
  }

  @Test
  void onlyThePlatformsAddressIsRequired() {
    assertThat(all())
        .filteredOn(Setting::isRequired)
        .extracting(Setting::name)
        .containsExactly("AWS_LAMBDA_RUNTIME_API");
  }

  @Test
  void everySettingHasADocumentedPurpose() {
    assertThat(all()).allSatisfy(setting -> assertThat(setting.summary()).endsWith("."));
  }

  private static List<Setting<?>> castToSettings(List<Object> objects) {
    List<Setting<?>> settings = new ArrayList<>();
    for (Object object : objects) {
      settings.add((Setting<?>) object);
    }
    return settings;
  }

  private static List<Setting<?>> all() {
    List<Setting<?>> all = new ArrayList<>(CoreSettings.ofUser());
    all.addAll(PlatformSettings.all());
    return all;
  }
}
