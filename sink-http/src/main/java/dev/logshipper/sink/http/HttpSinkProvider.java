package dev.logshipper.sink.http;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.format.NdjsonEncoder;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// Offers `PUSHER_MODE=http`. Stateless.
public final class HttpSinkProvider implements SinkProvider {

  @Override
  public String mode() {
    return "http";
  }

  @Override
  public List<Setting<?>> settings() {
    return HttpSettings.all();
  }

  @Override
  public Sink open(SinkContext context) {
    return open(context, System::currentTimeMillis);
  }

  /// @param epochMillis wall clock
  static HttpSink open(SinkContext context, LongSupplier epochMillis) {
    Settings settings = context.settings();
    NdjsonEncoder encoder =
        settings.get(HttpSettings.FORMAT).equals("plain")
            ? NdjsonEncoder.plain()
            : NdjsonEncoder.enriched(context);
    Destination destination = Destination.of(settings);
    return new HttpSink(
        encoder,
        new Transport(destination, epochMillis),
        new Verdict(destination.host(), epochMillis),
        settings.get(HttpSettings.GZIP),
        Duration.ofSeconds(settings.get(HttpSettings.TIMEOUT_SECONDS)));
  }
}
