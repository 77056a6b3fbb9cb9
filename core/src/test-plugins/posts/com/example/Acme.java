package com.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import okhttp3.OkHttpClient;

/// Posts lines to `PUSHER_ACME_URL`, each after a word from a library.
public class Acme extends PlainProvider {
  static final Setting<String> URL =
      Setting.required("PUSHER_ACME_URL", Parsers.text(), "Destination.");

  @Override
  public List<Setting<?>> settings() {
    return List.of(URL);
  }

  @Override
  public Sink open(SinkContext context) {
    URI url = URI.create(context.settings().get(URL));
    return new PlainSink() {
      @Override
      public SendResult send(Batch batch, Deadline deadline) throws IOException {
        return post(url, batch);
      }
    };
  }

  private static SendResult post(URI url, Batch batch) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      for (LogRecord record : batch.records()) {
        out.write((OkHttpClient.word() + " ").getBytes(UTF_8));
        record.writeTo(out);
        out.write('\n');
      }
    }
    return connection.getResponseCode() == 200
        ? SendResult.DELIVERED
        : SendResult.retry("rejected");
  }
}
