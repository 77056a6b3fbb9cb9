package dev.logshipper.sandbox.destination.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;

/// A Loki client built from the libraries that clients use: protobuf, snappy, HTTP.
public final class LokiPusher implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;

  public LokiPusher(String url) {
    this.url = url;
  }

  /// One stream of a push.
  public static Push.Stream stream(String labels, LokiEntry... entries) {
    return new Push.Stream(labels, List.of(entries));
  }

  public static LokiEntry entry(long nanos, String line) {
    return new LokiEntry(nanos, line, Map.of());
  }

  HttpResponse<String> push(Push.Stream... streams) throws IOException, InterruptedException {
    return send(request(Snappy.compress(protobuf(streams)), "application/x-protobuf"));
  }

  HttpResponse<String> pushJson(Push.Stream... streams)
      throws IOException, InterruptedException, LokiError {
    return send(request(json(streams).getBytes(UTF_8), "application/json"));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder request(byte[] body, String contentType) {
    return request(body).header("Content-Type", contentType);
  }

  HttpRequest.Builder request(byte[] body) {
    return HttpRequest.newBuilder(URI.create(url + "/loki/api/v1/push"))
        .timeout(PATIENCE)
        .POST(BodyPublishers.ofByteArray(body));
  }

  static byte[] protobuf(Push.Stream... streams) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(message);
    for (Push.Stream stream : streams) {
      out.writeBytes(1, protobuf(stream));
    }
    out.flush();
    return message.toByteArray();
  }

  private static ByteString protobuf(Push.Stream stream) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, stream.labels());
    for (LokiEntry entry : stream.entries()) {
      out.writeBytes(2, protobuf(entry));
    }
    out.flush();
    return bytes.toByteString();
  }

  private static ByteString protobuf(LokiEntry entry) throws IOException {
    ByteString.Output time = ByteString.newOutput();
    CodedOutputStream timeOut = CodedOutputStream.newInstance(time);
    timeOut.writeInt64(1, entry.nanos() / 1_000_000_000);
    timeOut.writeInt32(2, (int) (entry.nanos() % 1_000_000_000));
    timeOut.flush();
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeBytes(1, time.toByteString());
    out.writeString(2, entry.line());
    for (Map.Entry<String, String> pair : entry.metadata().entrySet()) {
      ByteString.Output pairBytes = ByteString.newOutput();
      CodedOutputStream pairOut = CodedOutputStream.newInstance(pairBytes);
      pairOut.writeString(1, pair.getKey());
      pairOut.writeString(2, pair.getValue());
      pairOut.flush();
      out.writeBytes(3, pairBytes.toByteString());
    }
    out.flush();
    return bytes.toByteString();
  }

  static String json(Push.Stream... streams) throws JsonProcessingException, LokiError {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Push.Stream stream : streams) {
      List<List<Object>> values = new ArrayList<>();
      for (LokiEntry entry : stream.entries()) {
        String nanos = Long.toString(entry.nanos());
        values.add(
            entry.metadata().isEmpty()
                ? List.of(nanos, entry.line())
                : List.of(nanos, entry.line(), entry.metadata()));
      }
      Map<String, String> labels = LabelParser.parse(stream.labels()).pairs();
      all.add(Map.of("stream", labels, "values", values));
    }
    return JSON.writeValueAsString(Map.of("streams", all));
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
