package dev.logshipper.sink.http;

import dev.logshipper.client.http.Destination;
import dev.logshipper.client.http.ResponseClassifier;
import dev.logshipper.client.http.SizeError;
import dev.logshipper.client.http.Transport;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.format.edgedelta.EdgeDeltaSettings;
import dev.logshipper.format.edgedelta.NdjsonEncoder;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.util.List;
import java.util.function.LongSupplier;

/// Offers `PUSHER_MODE=http`. Stateless.
public final class HttpSinkProvider implements SinkProvider {

  @Override
  public String mode() {
    return "http";
  }

  @Override
  public int spiVersion() {
    return Spi.VERSION;
  }

  @Override
  public List<Setting<?>> settings() {
    return HttpSettings.all();
  }

  @Override
  public SinkDefaults defaults(Settings settings) {
    return EdgeDeltaSettings.defaults(settings);
  }

  @Override
  public List<String> contradictions(Settings settings) {
    return HttpSettings.contradictions(settings);
  }

  @Override
  public Sink open(SinkContext context) {
    return open(context, System::currentTimeMillis);
  }

  /// @param epochMillis wall clock
  static HttpSink open(SinkContext context, LongSupplier epochMillis) {
    Settings settings = context.settings();
    NdjsonEncoder encoder = NdjsonEncoder.of(settings.get(HttpSettings.FORMAT), context);
    Destination destination = Endpoint.of(settings, context.diagnostics());
    return new HttpSink(
        encoder,
        new BodyWriter(
            encoder,
            settings.get(HttpSettings.FRAMING).equals("array"),
            settings.get(HttpSettings.GZIP)),
        new Transport(destination, SizeError.BODY_BYTES, epochMillis),
        new ResponseClassifier(destination, HttpSinkProvider::hint),
        settings.get(EdgeDeltaSettings.PUSH_TIMEOUT),
        context.diagnostics());
  }

  private static String hint(int status) {
    return switch (status) {
      case 300, 301, 302, 303, 307, 308 ->
          "redirects are not followed, set ED_ENDPOINT to the final URL";
      case 401, 403 -> "check PUSHER_HTTP_BEARER_TOKEN / PUSHER_HTTP_HEADERS";
      case 404, 405, 410 -> "check the path in ED_ENDPOINT";
      case 415 -> "check Content-Type in PUSHER_HTTP_HEADERS / PUSHER_HTTP_GZIP";
      case 400, 422 ->
          "check ED_ENDPOINT / PUSHER_HTTP_FORMAT; newline-delimited JSON is no JSON document: set"
              + " PUSHER_HTTP_FRAMING=array, or Content-Type=application/x-ndjson in"
              + " PUSHER_HTTP_HEADERS";
      case 501, 505 -> "it lacks a feature, check PUSHER_HTTP_GZIP / PUSHER_HTTP_PROXY";
      default -> "check ED_ENDPOINT / PUSHER_HTTP_FORMAT";
    };
  }
}
