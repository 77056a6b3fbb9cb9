package com.example;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import java.util.List;

/// Notes in each method whether the context class loader is its own.
public class Acme extends PlainProvider {
  static {
    note("static initializer");
  }

  static void note(String part) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    System.setProperty(
        "acme.context." + part, String.valueOf(context == Acme.class.getClassLoader()));
  }

  @Override
  public String mode() {
    note("mode");
    return super.mode();
  }

  @Override
  public List<Setting<?>> settings() {
    note("settings");
    return super.settings();
  }

  @Override
  public SinkDefaults defaults(Settings settings) {
    note("defaults");
    return SinkDefaults.NONE;
  }

  @Override
  public Sink open(SinkContext context) {
    note("open");
    return new NotingSink();
  }

  private static final class NotingSink extends PlainSink {
    @Override
    public BatchLimits limits() {
      note("limits");
      return super.limits();
    }

    @Override
    public SendResult send(Batch batch, Deadline deadline) {
      note("send");
      return SendResult.DELIVERED;
    }

    @Override
    public void warmUp(Batch batch, Deadline deadline) {
      note("warm-up");
    }

    @Override
    public void close() {
      note("close");
    }
  }
}
