package dev.logshipper.settings;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A sink for child processes: appends each record to a file. Like a careless client library it
/// leaves a thread behind.
public final class FileSinkProvider implements SinkProvider {
  private static final Setting<String> PATH =
      Setting.required("PUSHER_FILE_PATH", Parsers.text(), "The file.");

  @Override
  public String mode() {
    return "file";
  }

  @Override
  public int spiVersion() {
    return Spi.VERSION;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(PATH);
  }

  @Override
  public Sink open(SinkContext context) {
    Thread.ofPlatform().daemon(false).name("left-behind").start(FileSinkProvider::waitForEver);
    return new FileSink(Path.of(context.settings().get(PATH)), context);
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record FileSink(Path file, SinkContext context) implements Sink {
    @Override
    public BatchLimits limits() {
      return new BatchLimits(1_000, 1 << 20, 1 << 20, 1);
    }

    @Override
    public SendResult send(Batch batch, Deadline deadline) throws IOException {
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        for (LogRecord record : batch.records()) {
          String head = record.requestId().orElse("?") + " " + context.function().arn() + " ";
          out.write(head.getBytes(java.nio.charset.StandardCharsets.UTF_8));
          record.writeTo(out);
          out.write('\n');
        }
      }
      return SendResult.DELIVERED;
    }

    @Override
    public void close() {}
  }
}
