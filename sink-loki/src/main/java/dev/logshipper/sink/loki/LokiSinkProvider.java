package dev.logshipper.sink.loki;

import dev.logshipper.client.http.Destination;
import dev.logshipper.client.http.ResponseClassifier;
import dev.logshipper.client.http.Transport;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.RecordTypes;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import dev.logshipper.sink.support.LineSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The provider for `PUSHER_MODE=loki`. Stateless.
public final class LokiSinkProvider implements SinkProvider {
  private static final int FIRST_OFFSET_MAX = 500_000;

  @Override
  public String mode() {
    return "loki";
  }

  @Override
  public int spiVersion() {
    return Spi.VERSION;
  }

  @Override
  public List<Setting<?>> settings() {
    return LokiSettings.all();
  }

  @Override
  public SinkDefaults defaults(Settings settings) {
    boolean debug = settings.find(LokiSettings.DEBUG).orElse(false);
    return SinkDefaults.builder()
        .logLevel(debug ? Level.DEBUG : null)
        .batchBytes(settings.get(LokiSettings.BATCH_BYTES))
        .platformTimeout(settings.find(LokiSettings.PLATFORM_TIMEOUT).orElse(null))
        .build();
  }

  @Override
  public List<String> contradictions(Settings settings) {
    return LokiSettings.contradictions(settings);
  }

  @Override
  public Sink open(SinkContext context) {
    int offset = ThreadLocalRandom.current().nextInt(FIRST_OFFSET_MAX);
    return open(context, System::currentTimeMillis, offset);
  }

  /// @param epochMillis wall clock
  /// @param offset as in [UniqueNanos]
  static LokiSink open(SinkContext context, LongSupplier epochMillis, int offset) {
    Settings settings = context.settings();
    Diagnostics diagnostics = context.diagnostics();
    PushFormat format = format(settings.get(LokiSettings.FORMAT), diagnostics);
    Destination destination = LokiEndpoint.of(settings, format, diagnostics);
    return new LokiSink(
        category -> StreamLabels.of(settings, category),
        fieldLabels(settings, diagnostics),
        format,
        new Transport(destination, ErrorBody.BYTES_MAX, epochMillis),
        new ResponseClassifier(destination, LokiSinkProvider::hint),
        new UniqueNanos(epochMillis, offset),
        settings.get(LineSettings.UNWRAP_JSON),
        settings.get(LokiSettings.STRUCTURED_METADATA),
        settings.get(LokiSettings.TIMEOUT),
        diagnostics);
  }

  private static @Nullable FieldLabels fieldLabels(Settings settings, Diagnostics diagnostics) {
    Optional<List<String>> names = settings.find(LokiSettings.LABEL_FIELDS);
    return names.isEmpty()
        ? null
        : new FieldLabels(
            names.get(), StreamLabels.of(settings, RecordTypes.FUNCTION), diagnostics);
  }

  private static PushFormat format(String name, Diagnostics diagnostics) {
    return name.equals("protobuf")
        ? new ProtobufPushFormat(SnappyEncoder.ofLibrary(diagnostics))
        : new JsonPushFormat(name.equals("json-gzip"));
  }

  private static String hint(int status) {
    return switch (status) {
      case 260 -> "ingestion is blocked for this tenant, ask its administrator";
      case 300, 301, 302, 303, 307, 308 ->
          "redirects are not followed, set LOKI_ENDPOINT_URL to the final URL";
      case 401, 403 ->
          "check LOKI_BEARER_TOKEN, or LOKI_USERNAME and LOKI_PASSWORD, and PUSHER_LOKI_TENANT";
      case 404, 405, 410 -> "check the path in LOKI_ENDPOINT_URL";
      case 501, 505 -> "it lacks a feature, check PUSHER_LOKI_FORMAT / PUSHER_LOKI_PROXY";
      case 415 -> "check PUSHER_LOKI_FORMAT";
      default -> "check LOKI_ENDPOINT_URL / PUSHER_LOKI_FORMAT";
    };
  }
}
