package dev.logshipper.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The begin of a request's content, for people.
final class RequestContent {
  private static final int LENGTH_MAX = 4_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RequestContent() {}

  /// Empty for content that is no text, such as protobuf.
  static String excerpt(ReceivedRequest request) {
    try {
      String text =
          request.header("X-Amz-Target").orElse("").startsWith("Firehose")
              ? records(request.bodyText())
              : request.bodyText();
      if (!text.chars().allMatch(RequestContent::isText)) {
        return "";
      }
      return text.length() > LENGTH_MAX
          ? text.substring(0, LENGTH_MAX) + "…"
          : text.stripTrailing();
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      return "";
    }
  }

  private static String records(String body) throws IOException {
    StringBuilder records = new StringBuilder();
    for (JsonNode record : JSON.readTree(body).path("Records")) {
      records.append(new String(record.path("Data").binaryValue(), StandardCharsets.UTF_8));
    }
    return records.toString();
  }

  private static boolean isText(int character) {
    return character != '\ufffd' && (character >= ' ' || Character.isWhitespace(character));
  }
}
