package dev.logshipper.sandbox.destination.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// The body of a `PutRecordBatch`, within the limits of the API reference.
///
/// @param records decoded from base64
record PutRecordBatch(String stream, List<byte[]> records) {
  static final int RECORDS_MAX = 500;
  static final int RECORD_BYTES_MAX = 1_000 * 1_024;
  static final int BYTES_MAX = 4 << 20;
  private static final Pattern STREAM = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
  private static final ObjectMapper JSON = new ObjectMapper();

  static PutRecordBatch parse(byte[] body) throws FirehoseError {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (IOException _) {
      throw malformed();
    }
    String stream = root.path("DeliveryStreamName").asText("");
    if (!STREAM.matcher(stream).matches()) {
      throw FirehoseError.invalid(
          "Value '"
              + stream
              + "' at 'deliveryStreamName' failed to satisfy constraint: Member must satisfy"
              + " regular expression pattern: [a-zA-Z0-9_.-]+ and have length 1 to 64");
    }
    return new PutRecordBatch(stream, records(root.path("Records")));
  }

  private static List<byte[]> records(JsonNode array) throws FirehoseError {
    if (array.isEmpty() || array.size() > RECORDS_MAX) {
      throw FirehoseError.invalid(
          "Value at 'records' failed to satisfy constraint: Member must have length"
              + " between 1 and 500, inclusive, not "
              + array.size());
    }
    List<byte[]> records = new ArrayList<>();
    long bytes = 0;
    for (JsonNode each : array) {
      byte[] record = record(each.path("Data"), records.size() + 1);
      bytes += record.length;
      records.add(record);
    }
    if (bytes > BYTES_MAX) {
      throw new FirehoseError(
          400, "InvalidArgumentException", "Records size exceeds 4 MB limit: " + bytes);
    }
    return records;
  }

  private static byte[] record(JsonNode data, int number) throws FirehoseError {
    byte[] record;
    try {
      record = Base64.getDecoder().decode(data.asText(""));
    } catch (IllegalArgumentException _) {
      throw malformed();
    }
    if (!data.isTextual() || record.length == 0 || record.length > RECORD_BYTES_MAX) {
      throw FirehoseError.invalid(
          "Value at 'records.%d.member.data' failed to satisfy constraint: Member must have length between 1 and 1024000, not %d"
              .formatted(number, record.length));
    }
    return record;
  }

  private static FirehoseError malformed() {
    return new FirehoseError(
        400, "SerializationException", "Start of structure or map found where not expected.");
  }
}
