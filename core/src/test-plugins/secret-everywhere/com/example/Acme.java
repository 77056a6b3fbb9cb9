package com.example;

import dev.logshipper.config.Parser;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import java.io.IOException;
import java.util.List;

/// Opens, and from then on fails wherever it can, showing secrets and records.
public class Acme extends PlainProvider {
  static final Setting<String> TOKEN =
      Setting.optional("PUSHER_ACME_TOKEN", Parser.of("a token", Acme::parse), "A token.").secret();

  private static String parse(String text) {
    throw new Error(text);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TOKEN);
  }

  @Override
  public SinkDefaults defaults(Settings settings) {
    return Secret.fail();
  }

  @Override
  public Sink open(SinkContext context) {
    return new PlainSink() {
      @Override
      public SendResult send(Batch batch, Deadline deadline) throws IOException {
        String record = batch.records().getFirst().text();
        Runnable failing =
            () -> {
              throw new Error(Secret.word() + record);
            };
        new Thread(failing).start();
        throw new IOException(record);
      }

      @Override
      public void close() {
        Secret.fail();
      }
    };
  }
}
