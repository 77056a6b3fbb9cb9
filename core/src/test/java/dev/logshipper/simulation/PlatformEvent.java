package dev.logshipper.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// An event that the platform delivers.
///
/// @param number in the order in which they came into being; stands in its content
/// @param category `function` or `platform`
/// @param type as it is delivered
/// @param requestId of the invocation that it is about; empty when it is about none
/// @param json as it is delivered
/// @param contentBytes of the record that the parser makes of it
/// @param records how many it makes: none when it cannot be read
/// @param droppedRecords that it tells of
record PlatformEvent(
    int number,
    String category,
    String type,
    String requestId,
    String json,
    int contentBytes,
    int records,
    long droppedRecords) {

  /// What one POST holds.
  static byte[] body(List<PlatformEvent> events) {
    StringBuilder body = new StringBuilder("[");
    for (PlatformEvent event : events) {
      body.append(body.length() == 1 ? "" : ",").append(event.json());
    }
    return body.append(']').toString().getBytes(UTF_8);
  }

  /// A line of the function.
  static PlatformEvent line(int number, int bytes) {
    String text = mark(number) + "x".repeat(bytes);
    return of(number, "function", "function", "", "\"" + text + "\"", text.length(), 0);
  }

  /// Something that the platform says about an invocation.
  static PlatformEvent about(int number, String type, String requestId) {
    String record = "{\"requestId\":\"" + requestId + "\",\"mark\":\"" + mark(number) + "\"}";
    return of(number, "platform", type, requestId, record, record.length(), 0);
  }

  /// The platform says that it threw events away.
  static PlatformEvent dropped(int number, long records) {
    String record = "{\"droppedRecords\":" + records + ",\"mark\":\"" + mark(number) + "\"}";
    return of(number, "platform", "platform.logsDropped", "", record, record.length(), records);
  }

  /// An event that cannot be read.
  static PlatformEvent malformed(int number) {
    return new PlatformEvent(number, "", "", "", "{\"time\":\"\"}", 0, 0, 0);
  }

  private static PlatformEvent of(
      int number,
      String category,
      String type,
      String requestId,
      String record,
      int bytes,
      long dropped) {
    String json =
        "{\"time\":\"2026-01-01T00:00:00.000Z\",\"type\":\""
            + type
            + "\",\"record\":"
            + record
            + "}";
    return new PlatformEvent(number, category, type, requestId, json, bytes, 1, dropped);
  }

  private static String mark(int number) {
    return "#" + number + " ";
  }

  /// The number of the event that became a record with this content.
  static int numberIn(String content) {
    int start = content.indexOf('#') + 1;
    return Integer.parseInt(content, start, content.indexOf(' ', start), 10);
  }
}
