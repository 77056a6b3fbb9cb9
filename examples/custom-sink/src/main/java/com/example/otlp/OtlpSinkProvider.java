package com.example.otlp;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.time.Duration;
import java.util.List;

/// Offers `PUSHER_MODE=otlp`. Found through `META-INF/services`, so it is public, has a constructor
/// without parameters, and does next to nothing.
public final class OtlpSinkProvider implements SinkProvider {

  @Override
  public String mode() {
    return "otlp";
  }

  @Override
  public int spiVersion() {
    return Spi.VERSION;
  }

  @Override
  public List<Setting<?>> settings() {
    return OtlpSettings.ALL;
  }

  @Override
  public Sink open(SinkContext context) {
    Settings settings = context.settings();
    return new OtlpSink(
        context,
        new LogsRequest(settings.find(OtlpSettings.SERVICE_NAME)),
        new Collector(OtlpSettings.logsUrl(settings), OtlpSettings.headers(settings)),
        Duration.ofMillis(settings.get(OtlpSettings.TIMEOUT)));
  }
}
