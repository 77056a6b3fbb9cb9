package com.example;

import dev.logshipper.config.Setting;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.util.List;

/// A well-behaved provider. Its mode is the name of the folder that its jar is in.
public abstract class PlainProvider implements SinkProvider {
  @Override
  public String mode() {
    return getClass().getClassLoader().getName();
  }

  @Override
  public int spiVersion() {
    return Spi.VERSION;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public Sink open(SinkContext context) {
    return new PlainSink();
  }
}
