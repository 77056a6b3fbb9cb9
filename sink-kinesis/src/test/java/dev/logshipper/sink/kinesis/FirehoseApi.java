package dev.logshipper.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.sink.support.text.JsonWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `PutRecordBatch` as the API reference of Amazon Data Firehose describes it: what it takes, what
/// it refuses, and how it answers.
final class FirehoseApi {
  static final String STREAM = "logs-to_s3.v1";
  static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  private FirehoseApi() {}

  /// What a request carries.
  record Call(String stream, List<byte[]> records) {}

  /// An error of AWS's.
  record Refusal(int status, String type, String message) {
    /// As the body of an answer.
    String json() {
      return "{\"__type\":\"" + type + "\",\"message\":" + JsonWriter.string(message) + "}";
    }
  }

  /// What AWS would refuse in method, path and headers.
  static @Nullable Refusal refusal(
      String method, String target, Function<String, @Nullable String> header) {
    if (!"Firehose_20150804.PutRecordBatch".equals(header.apply("x-amz-target"))
        || !CONTENT_TYPE.equals(header.apply("content-type"))
        || !method.equals("POST")
        || !target.equals("/")) {
      return new Refusal(400, "UnknownOperationException", "");
    }
    String signature = header.apply("authorization");
    if (signature == null
        || !signature.startsWith("AWS4-HMAC-SHA256 Credential=")
        || !signature.contains("/firehose/aws4_request, SignedHeaders=")) {
      return new Refusal(403, "MissingAuthenticationTokenException", "Missing token");
    }
    return null;
  }

  /// Reads a body; members that the API does not know are a defect.
  static Call read(byte[] body) throws JsonException {
    JsonReader json = new JsonReader(body);
    String stream = "";
    List<byte[]> records = List.of();
    json.expect('{');
    do {
      String name = json.string();
      json.expect(':');
      switch (name) {
        case "DeliveryStreamName" -> stream = json.string();
        case "Records" -> records = records(json);
        default -> throw new AssertionError("a member that the API does not know");
      }
    } while (json.accept(','));
    json.expect('}');
    return new Call(stream, records);
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

  /// What AWS would refuse in the content. That records end with a newline is for us to see.
  static @Nullable Refusal refusal(Call call) {
    if (call.records().isEmpty() || call.records().size() > 500) {
      return new Refusal(400, "ValidationException", call.records().size() + " records");
    }
    long total = 0;
    for (byte[] record : call.records()) {
      total += record.length;
      if (record.length == 0 || record.length > 1_024_000) {
        return new Refusal(400, "ValidationException", "a record of " + record.length + " bytes");
      }
      if (record[record.length - 1] != '\n') {
        throw new AssertionError("a record that does not end with a newline");
      }
    }
    if (total > 4 * 1024 * 1024) {
      return new Refusal(400, "InvalidArgumentException", "Records size exceeds 4 MB limit");
    }
    return call.stream().equals(STREAM)
        ? null
        : new Refusal(400, "ResourceNotFoundException", "Firehose not found");
  }

  /// The answer when all but some Firehose records are stored.
  static String answer(int records, List<Integer> failed, String errorCode) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      entries.add(
          failed.contains(i)
              ? "{\"ErrorCode\":"
                  + JsonWriter.string(errorCode)
                  + ",\"ErrorMessage\":\"Slow down.\"}"
              : "{\"RecordId\":\"" + "A1b2".repeat(55) + "\"}");
    }
    return "{\"Encrypted\":false,\"FailedPutCount\":"
        + failed.size()
        + ",\"RequestResponses\":["
        + String.join(",", entries)
        + "]}";
  }
}
