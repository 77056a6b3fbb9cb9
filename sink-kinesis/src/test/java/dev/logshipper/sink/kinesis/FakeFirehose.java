package dev.logshipper.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.logshipper.json.JsonException;
import dev.logshipper.json.JsonReader;
import dev.logshipper.json.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/// Firehose as its API reference describes `PutRecordBatch`: it refuses what AWS refuses, in AWS's
/// words, and otherwise answers by a script, which at its end stores everything. Thread-safe.
final class FakeFirehose extends Dispatcher implements AutoCloseable {
  static final String STREAM = "logs-to_s3.v1";

  final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<String> stored = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Answer> script = new ConcurrentLinkedQueue<>();
  private final MockWebServer server = new MockWebServer();

  /// A request that AWS would take.
  record Call(RecordedRequest request, List<byte[]> records) {}

  /// What becomes of such a request.
  interface Answer {
    MockResponse to(Call call);
  }

  FakeFirehose() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  /// Scheme, host and port.
  String url() {
    return "http://" + server.getHostName() + ":" + server.getPort();
  }

  /// Requests of any kind.
  int requests() {
    return server.getRequestCount();
  }

  /// Adds to the script.
  FakeFirehose answering(Answer... answers) {
    script.addAll(List.of(answers));
    return this;
  }

  /// The lines stored, in the order of their arrival.
  List<String> storedLines() {
    return String.join("", stored).lines().toList();
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    Headers headers = request.getHeaders();
    if (!"Firehose_20150804.PutRecordBatch".equals(headers.get("X-Amz-Target"))
        || !"application/x-amz-json-1.1".equals(headers.get("Content-Type"))
        || !"POST".equals(request.getMethod())
        || !"/".equals(request.getTarget())) {
      return error(400, "UnknownOperationException", "");
    }
    String signature = headers.get("Authorization");
    if (signature == null
        || !signature.startsWith("AWS4-HMAC-SHA256 Credential=")
        || !signature.contains("/firehose/aws4_request, SignedHeaders=")) {
      return error(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    try {
      return dispatch(request, new JsonReader(requireNonNull(request.getBody()).toByteArray()));
    } catch (JsonException e) {
      return error(400, "SerializationException", "");
    }
  }

  private MockResponse dispatch(RecordedRequest request, JsonReader json) throws JsonException {
    String stream = "";
    List<byte[]> records = List.of();
    json.expect('{');
    do {
      switch (json.string()) {
        case "DeliveryStreamName" -> {
          json.expect(':');
          stream = json.string();
        }
        case "Records" -> {
          json.expect(':');
          records = records(json);
        }
        default -> throw new AssertionError("a member that the API does not know");
      }
    } while (json.accept(','));
    json.expect('}');
    MockResponse refusal = refusal(stream, records);
    if (refusal != null) {
      return refusal;
    }
    Call call = new Call(request, records);
    calls.add(call);
    Answer answer = script.poll();
    return answer == null ? stored(call) : answer.to(call);
  }

  private static List<byte[]> records(JsonReader json) throws JsonException {
    List<byte[]> records = new ArrayList<>();
    json.expect('[');
    if (json.accept(']')) {
      return records;
    }
    do {
      if (!json.find("Data".getBytes(UTF_8))) {
        throw new AssertionError("a record without data");
      }
      records.add(Base64.getDecoder().decode(json.stringBytes()));
      json.expect('}');
    } while (json.accept(','));
    json.expect(']');
    return records;
  }

  private @Nullable MockResponse refusal(String stream, List<byte[]> records) {
    if (records.isEmpty() || records.size() > 500) {
      return error(400, "ValidationException", records.size() + " records");
    }
    long total = 0;
    for (byte[] record : records) {
      total += record.length;
      if (record.length == 0 || record.length > 1_024_000) {
        return error(400, "ValidationException", "a record of " + record.length + " bytes");
      }
      if (record[record.length - 1] != '\n') {
        throw new AssertionError("a record that does not end with a newline");
      }
    }
    if (total > 4 * 1024 * 1024) {
      return error(400, "InvalidArgumentException", "Records size exceeds 4 MB limit");
    }
    if (!stream.equals(STREAM)) {
      return error(400, "ResourceNotFoundException", "Firehose " + stream + " not found");
    }
    return null;
  }

  /// All is stored.
  MockResponse stored(Call call) {
    return partlyStored(call, List.of(), "");
  }

  /// All but some Firehose records are stored.
  Answer failing(String errorCode, Integer... records) {
    return call -> partlyStored(call, List.of(records), errorCode);
  }

  private MockResponse partlyStored(Call call, List<Integer> failed, String errorCode) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < call.records().size(); i++) {
      if (failed.contains(i)) {
        entries.add(failedEntry(errorCode));
      } else {
        stored.add(new String(call.records().get(i), UTF_8));
        entries.add(storedEntry());
      }
    }
    return answer(failed.size(), entries);
  }

  static String storedEntry() {
    return "{\"RecordId\":\"" + "A1b2".repeat(55) + "\"}";
  }

  static String failedEntry(String errorCode) {
    return "{\"ErrorCode\":" + JsonWriter.string(errorCode) + ",\"ErrorMessage\":\"Slow down.\"}";
  }

  /// An answer of any content.
  static MockResponse answer(int failedPutCount, List<String> entries) {
    return answer(
        "{\"Encrypted\":false,\"FailedPutCount\":"
            + failedPutCount
            + ",\"RequestResponses\":["
            + String.join(",", entries)
            + "]}");
  }

  static MockResponse answer(String json) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "application/x-amz-json-1.1")
        .addHeader("x-amzn-RequestId", "d0c5d6a1-2b1c-4f5a-9f57-6e0e6fba5b0e")
        .body(json)
        .build();
  }

  /// An error as AWS writes it, its type in the body.
  static MockResponse error(int status, String type, String message) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/x-amz-json-1.1")
        .body("{\"__type\":\"" + type + "\",\"message\":" + JsonWriter.string(message) + "}")
        .build();
  }

  /// The same with its type in a header, as some of AWS's front ends write it.
  static MockResponse errorInHeader(int status, String type) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("x-amzn-ErrorType", type + ":http://internal.amazon.com/coral/")
        .body("{}")
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
