package dev.logshipper.settings;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import dev.logshipper.testkit.FakeSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Configurations of sinks that have defaults and no settings.
final class SinksWithDefaults {
  /// A sink with defaults and without settings.
  private record ProviderWithDefaults(String mode, SinkDefaults values) implements SinkProvider {
    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public int spiVersion() {
      return Spi.VERSION;
    }

    @Override
    public SinkDefaults defaults(Settings settings) {
      return values;
    }

    @Override
    public Sink open(SinkContext context) {
      return new FakeSink();
    }
  }

  private SinksWithDefaults() {}

  static LaneConfig lane(Configuration configuration) {
    return lanes(configuration).getFirst();
  }

  static List<LaneConfig> lanes(Configuration configuration) {
    return ConfigurationTest.lanes(configuration);
  }

  static Configuration withDefaults(Map<String, String> environment) {
    return withDefaults(environment, SinkDefaults.NONE);
  }

  static Configuration withDefaults(Map<String, String> given, SinkDefaults... defaults) {
    List<SinkProvider> providers = new ArrayList<>();
    List<String> modes = new ArrayList<>();
    for (SinkDefaults each : defaults) {
      String mode = "sink-" + providers.size();
      modes.add(mode);
      providers.add(new ProviderWithDefaults(mode, each));
    }
    Map<String, String> environment = new HashMap<>(given);
    environment.putIfAbsent("PUSHER_MODE", String.join(",", modes));
    environment.putIfAbsent("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
    return new Configuration(environment, new AvailableSinks(providers, List.of()));
  }
}
