package dev.logshipper.sink.testkit.contract;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.util.List;

/// Offers [LineSink].
public class LineProvider implements SinkProvider {
  static final Setting<String> ADDRESS =
      Setting.required("PUSHER_LINES_ADDRESS", Parsers.text(), "Host and port");
  static final Setting<String> TOKEN =
      Setting.optional("PUSHER_LINES_TOKEN", Parsers.text(), "Token of each request").secret();
  static final Setting<Boolean> ANONYMOUS =
      Setting.withDefault("PUSHER_LINES_ANONYMOUS", Parsers.flag(), false, "Send no token");

  @Override
  public String mode() {
    return "lines";
  }

  @Override
  public int spiVersion() {
    return Spi.VERSION;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(ADDRESS, TOKEN, ANONYMOUS);
  }

  @Override
  public Sink open(SinkContext context) {
    if (context.settings().isSet(TOKEN) && context.settings().get(ANONYMOUS)) {
      throw new IllegalArgumentException("expected a token or none, not both");
    }
    return newSink(context.settings().get(ADDRESS));
  }

  LineSink newSink(String address) {
    return new LineSink(address);
  }
}
