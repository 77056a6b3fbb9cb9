package dev.logshipper.sink.kinesis;

import dev.logshipper.client.aws.AwsAccess;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.format.edgedelta.EdgeDeltaSettings;
import dev.logshipper.format.edgedelta.NdjsonEncoder;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.util.List;

/// Offers `PUSHER_MODE=kinesis`, also as `firehose`, the name of the service. Stateless.
public final class KinesisSinkProvider implements SinkProvider {

  @Override
  public String mode() {
    return KinesisSettings.MODE;
  }

  @Override
  public List<String> aliases() {
    return List.of(KinesisSettings.ALIAS);
  }

  @Override
  public int spiVersion() {
    return Spi.VERSION;
  }

  @Override
  public List<Setting<?>> settings() {
    return KinesisSettings.all();
  }

  @Override
  public SinkDefaults defaults(Settings settings) {
    return EdgeDeltaSettings.defaults(settings);
  }

  @Override
  public Sink open(SinkContext context) {
    Settings settings = context.settings();
    NdjsonEncoder encoder = NdjsonEncoder.of(settings.get(KinesisSettings.FORMAT), context);
    String region =
        settings.find(KinesisSettings.REGION).orElseGet(() -> context.function().region());
    AwsAccess access =
        AwsAccess.of(
            "firehose",
            region,
            KinesisSettings.FIREHOSE_ENDPOINT,
            KinesisSettings.IDENTITY,
            KinesisSettings.PROXY,
            context);
    return new KinesisSink(
        encoder,
        new RecordPacker(encoder, shape(settings, context.diagnostics()), context.diagnostics()),
        new DeliveryStream(settings.get(KinesisSettings.STREAM), access, context.diagnostics()),
        settings.get(EdgeDeltaSettings.PUSH_TIMEOUT));
  }

  private static RecordShape shape(Settings settings, Diagnostics diagnostics) {
    boolean single = settings.get(KinesisSettings.PACKING).equals("single");
    boolean gzip = settings.get(KinesisSettings.GZIP);
    if (single && gzip) {
      diagnostics.warn(
          "kinesis: PUSHER_KINESIS_GZIP has no effect with PUSHER_KINESIS_PACKING=single: the"
              + " destinations that need single records do not decompress them");
    }
    return single ? RecordShape.SINGLE : gzip ? RecordShape.GZIP : RecordShape.LINES;
  }
}
