package com.example.otlp;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.time.Duration;
import java.util.List;

/// Provides `PUSHER_MODE=otlp`. Loaded through `META-INF/services`, so it is public and has a
/// constructor without parameters.
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
        new LogsRequest(settings.find(OtlpSettings.SERVICE_NAME).orElse("")),
        new Collector(OtlpSettings.logsUrl(settings), OtlpSettings.headers(settings)),
        Duration.ofMillis(settings.get(OtlpSettings.TIMEOUT)));
  }
}
