package dev.logshipper.sink.http;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.format.NdjsonEncoder;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import java.time.Duration;
import java.util.List;

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
    Settings settings = context.settings();
    NdjsonEncoder encoder =
        settings.get(HttpSettings.FORMAT).equals("plain")
            ? NdjsonEncoder.plain()
            : NdjsonEncoder.enriched(context);
    Destination destination = Destination.of(settings);
    return new HttpSink(
        encoder,
        new Transport(destination, System::currentTimeMillis),
        new Verdict(destination.host()),
        settings.get(HttpSettings.GZIP),
        Duration.ofSeconds(settings.get(HttpSettings.TIMEOUT_SECONDS)));
  }
}
