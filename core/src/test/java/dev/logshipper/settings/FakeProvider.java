package dev.logshipper.settings;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import dev.logshipper.testkit.FakeSink;
import java.util.List;

/// A sink with one setting that it needs and one that it does not.
record FakeProvider(String mode, List<String> aliases, Setting<String> place, Setting<Integer> size)
    implements SinkProvider {

  static FakeProvider of(String mode) {
    String prefix = "PUSHER_" + mode.toUpperCase(java.util.Locale.ROOT);
    return new FakeProvider(
        mode,
        List.of(),
        Setting.required(prefix + "_PLACE", Parsers.text(), "A place."),
        Setting.withDefault(prefix + "_SIZE", Parsers.wholeNumber(1, 9), 5, "A size."));
  }

  FakeProvider aliased(String alias) {
    return new FakeProvider(mode, List.of(alias), place, size);
  }

  @Override
  public int spiVersion() {
    return Spi.VERSION;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(place, size);
  }

  @Override
  public Sink open(SinkContext context) {
    if (context.settings().get(place).isEmpty()) {
      throw new AssertionError("a required setting has a value");
    }
    return new FakeSink();
  }
}
