package dev.logshipper.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;

/// An event that the platform delivers.
///
/// @param number in the order of creation; part of the content
/// @param category `function` or `platform`
/// @param type as it is delivered
/// @param invocation request id and number of its invocation; empty when it has none
/// @param json as it is delivered
/// @param contentBytes bytes of the record that the parser makes of it
/// @param records number of records that the parser makes of it: none when it is malformed
/// @param droppedRecords number of dropped records that it reports
record PlatformEvent(
    int number,
    String category,
    String type,
    String invocation,
    String json,
    int contentBytes,
    int records,
    long droppedRecords) {

  /// The body of one POST.
  static byte[] body(List<PlatformEvent> events) {
    StringBuilder body = new StringBuilder("[");
    for (PlatformEvent event : events) {
      body.append(body.length() == 1 ? "" : ",").append(event.json());
    }
    return body.append(']').toString().getBytes(UTF_8);
  }

  /// A line that the function writes.
  static PlatformEvent line(int number, int bytes) {
    String text = mark(number) + "x".repeat(bytes);
    return of(number, "function", "function", "", "\"" + text + "\"", text.length(), 0);
  }

  /// A report of the platform about an invocation.
  static PlatformEvent report(int number, String type, String invocation) {
    String record =
        "{\"requestId\":\"" + requestId(invocation) + "\",\"mark\":\"" + mark(number) + "\"}";
    return of(number, "platform", type, invocation, record, record.length(), 0);
  }

  /// The request id of an invocation; its retries have the same.
  static String requestId(String invocation) {
    int end = invocation.indexOf('/');
    return end < 0 ? invocation : invocation.substring(0, end);
  }

  /// A report that the platform dropped events.
  static PlatformEvent dropped(int number, long records) {
    String record = "{\"droppedRecords\":" + records + ",\"mark\":\"" + mark(number) + "\"}";
    return of(number, "platform", "platform.logsDropped", "", record, record.length(), records);
  }

  /// An event that the parser cannot read.
  static PlatformEvent malformed(int number) {
    return new PlatformEvent(number, "", "", "", "{\"time\":\"\"}", 0, 0, 0);
  }

  private static PlatformEvent of(
      int number,
      String category,
      String type,
      String invocation,
      String record,
      int bytes,
      long dropped) {
    // One millisecond each: the time tells a retry's reports from repeated ones.
    String time = Instant.ofEpochMilli(1_767_225_600_000L + number).toString();
    String json = "{\"time\":\"" + time + "\",\"type\":\"" + type + "\",\"record\":" + record + "}";
    return new PlatformEvent(number, category, type, invocation, json, bytes, 1, dropped);
  }

  private static String mark(int number) {
    return "#" + number + " ";
  }

  /// The number of the event behind a record with this content.
  static int numberIn(String content) {
    int start = content.indexOf('#') + 1;
    return Integer.parseInt(content, start, content.indexOf(' ', start), 10);
  }
}
