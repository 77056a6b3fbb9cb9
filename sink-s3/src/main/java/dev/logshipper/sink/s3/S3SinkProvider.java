package dev.logshipper.sink.s3;

import dev.logshipper.client.aws.AwsAccess;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkDefaults.Thresholds;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// The provider for `PUSHER_MODE=s3`. Stateless.
public final class S3SinkProvider implements SinkProvider {
  /// S3 charges per request, and readers prefer few objects; larger ones need memory, so only a
  /// user can ask for them.
  private static final int OBJECT_BYTES = 2 * 1024 * 1024;

  @Override
  public String mode() {
    return "s3";
  }

  @Override
  public int spiVersion() {
    return Spi.VERSION;
  }

  @Override
  public List<Setting<?>> settings() {
    return S3Settings.all();
  }

  @Override
  public SinkDefaults defaults(Settings settings) {
    int threshold = settings.get(S3Settings.SHIP_RATE_BYTES);
    return SinkDefaults.builder()
        .batchBytes(Math.min(Math.max(threshold, OBJECT_BYTES), S3Sink.OBJECT_BYTES_MAX))
        .thresholds(
            new Thresholds(
                threshold,
                settings.get(S3Settings.SHIP_RATE_INVOKES),
                Duration.ofMillis(settings.get(S3Settings.SHIP_RATE_MILLISECONDS))))
        .logTypes(settings.get(S3Settings.LOG_TYPES))
        .build();
  }

  @Override
  public List<String> contradictions(Settings settings) {
    return S3Settings.contradictions(settings);
  }

  @Override
  public Sink open(SinkContext context) {
    Settings settings = context.settings();
    boolean gzip = settings.get(S3Settings.COMPRESSION).equals("gzip");
    String region = settings.find(S3Settings.REGION).orElseGet(() -> context.function().region());
    AwsAccess access =
        AwsAccess.of(
            "s3", region, S3Settings.ENDPOINT, S3Settings.IDENTITY, S3Settings.PROXY, context);
    ObjectKeys keys =
        new ObjectKeys(
            settings.get(S3Settings.KEY), gzip ? ".gz" : "", context::function, UUID::randomUUID);
    return new S3Sink(
        keys,
        new Bucket(settings, context.diagnostics(), access),
        gzip,
        Duration.ofSeconds(settings.get(S3Settings.TIMEOUT_SECONDS)));
  }
}
