package dev.logshipper.sink.loki;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.CodedInputStream;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/// A line as it arrived, read back from a push by rules of its own.
///
/// @param labels as they stood in the push
/// @param nanos since 1970
record Pushed(String labels, long nanos, String line, Map<String, String> metadata) {

  /// The lines of a push, in their order.
  static List<Pushed> in(RecordedRequest request) throws IOException, JsonException {
    return in(
        requireNonNull(request.getBody()).toByteArray(),
        request.getHeaders().get("Content-Type"),
        request.getHeaders().get("Content-Encoding"));
  }

  /// @param type what the header `Content-Type` says
  /// @param encoding what the header `Content-Encoding` says
  static List<Pushed> in(byte[] body, @Nullable String type, @Nullable String encoding)
      throws IOException, JsonException {
    byte[] plain =
        "gzip".equals(encoding)
            ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes()
            : body;
    return "application/json".equals(type)
        ? ofJson(new JsonReader(plain))
        : ofProtobuf(CodedInputStream.newInstance(Snappy.uncompress(plain)));
  }

  static List<String> lines(List<Pushed> pushed) {
    return pushed.stream().map(Pushed::line).toList();
  }

  private static List<Pushed> ofProtobuf(CodedInputStream request) throws IOException {
    List<Pushed> pushed = new ArrayList<>();
    while (!request.isAtEnd()) {
      expect(1, request);
      CodedInputStream stream = message(request);
      expect(1, stream);
      String labels = stream.readStringRequireUtf8();
      while (!stream.isAtEnd()) {
        expect(2, stream);
        pushed.add(entryOfProtobuf(labels, message(stream)));
      }
    }
    return pushed;
  }

  private static Pushed entryOfProtobuf(String labels, CodedInputStream entry) throws IOException {
    expect(1, entry);
    CodedInputStream time = message(entry);
    time.readTag();
    long seconds = time.readInt64();
    time.readTag();
    long nanos = seconds * 1_000_000_000 + time.readInt32();
    expect(2, entry);
    String line = entry.readStringRequireUtf8();
    Map<String, String> metadata = new TreeMap<>();
    while (!entry.isAtEnd()) {
      expect(3, entry);
      CodedInputStream pair = message(entry);
      expect(1, pair);
      String name = pair.readStringRequireUtf8();
      expect(2, pair);
      metadata.put(name, pair.readStringRequireUtf8());
    }
    return new Pushed(labels, nanos, line, metadata);
  }

  private static CodedInputStream message(CodedInputStream in) throws IOException {
    return CodedInputStream.newInstance(in.readByteArray());
  }

  private static void expect(int field, CodedInputStream in) throws IOException {
    int tag = in.readTag();
    if (tag != (field << 3 | 2)) {
      throw new AssertionError("expected field " + field + ", found tag " + tag);
    }
  }

  private static List<Pushed> ofJson(JsonReader json) throws JsonException {
    List<Pushed> pushed = new ArrayList<>();
    expectKey("streams", '{', json);
    json.expect('[');
    do {
      expectKey("stream", '{', json);
      String labels = mapOf(json).toString();
      expectKey("values", ',', json);
      json.expect('[');
      do {
        json.expect('[');
        long nanos = Long.parseLong(json.string());
        json.expect(',');
        String line = json.string();
        Map<String, String> metadata = json.accept(',') ? mapOf(json) : Map.of();
        json.expect(']');
        pushed.add(new Pushed(labels, nanos, line, metadata));
      } while (json.accept(','));
      json.expect(']');
      json.expect('}');
    } while (json.accept(','));
    json.expect(']');
    json.expect('}');
    if (!json.atEnd()) {
      throw new AssertionError("something follows the push");
    }
    return pushed;
  }

  private static void expectKey(String key, char before, JsonReader json) throws JsonException {
    json.expect(before);
    if (!json.string().equals(key)) {
      throw new AssertionError("expected " + key);
    }
    json.expect(':');
  }

  private static Map<String, String> mapOf(JsonReader json) throws JsonException {
    Map<String, String> map = new TreeMap<>();
    json.expect('{');
    do {
      String name = json.string();
      json.expect(':');
      map.put(name, json.string());
    } while (json.accept(','));
    json.expect('}');
    return map;
  }
}
