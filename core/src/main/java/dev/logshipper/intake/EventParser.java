package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.json.JsonException;
import dev.logshipper.json.JsonReader;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the platform's JSON arrays of `{time, type, record}` into records. One bad event never
/// costs its neighbours; unknown types pass through; a record may be any JSON value.
///
/// Remembers which invocation is running, because function lines do not say so in text format. Not
/// thread-safe: deliveries are parsed one after the other, in the order of their arrival.
final class EventParser {
  private static final byte[] TIME = "time".getBytes(UTF_8);
  private static final byte[] TYPE = "type".getBytes(UTF_8);
  private static final byte[] RECORD = "record".getBytes(UTF_8);
  private static final byte[] FUNCTION_TYPE = "function".getBytes(UTF_8);
  private static final String FUNCTION = "function";
  private static final String PLATFORM_PREFIX = "platform.";
  private static final List<String> CATEGORIES = List.of("platform", FUNCTION, "extension");

  private final Set<String> wantedTypes;
  private @Nullable String currentRequestId;

  /// @param wantedTypes some of `platform`, `function`, `extension`
  EventParser(Set<String> wantedTypes) {
    this.wantedTypes = Set.copyOf(wantedTypes);
  }

  /// Reads a body; whatever it holds, there is a delivery to account for.
  Delivery parse(byte[] body, int length) {
    Tally tally = new Tally();
    JsonReader json = new JsonReader(body, 0, length);
    try {
      json.expect('[');
      if (!json.accept(']')) {
        do {
          parseEvent(body, json, tally);
        } while (json.accept(','));
        json.expect(']');
      }
      if (!json.atEnd()) {
        tally.malformed++;
      }
    } catch (JsonException _) {
      // From here on nothing can be told apart; what was read so far is good.
      tally.malformed++;
    }
    return tally.delivery();
  }

  /// Reads one event. Its end is found first, so that what is wrong inside it stays inside it.
  private void parseEvent(byte[] body, JsonReader json, Tally tally) throws JsonException {
    json.peek();
    int start = json.position();
    json.skipValue();
    JsonReader event = new JsonReader(body, start, json.position());
    try {
      readEvent(body, event, tally);
    } catch (JsonException _) {
      tally.malformed++;
    }
  }

  private void readEvent(byte[] body, JsonReader event, Tally tally) throws JsonException {
    String time = "";
    String type = "";
    int recordAt = -1;
    event.expect('{');
    if (!event.accept('}')) {
      do {
        if (event.stringEquals(TIME)) {
          event.expect(':');
          time = event.string();
        } else if (event.stringEquals(TYPE)) {
          event.expect(':');
          type = event.stringEquals(FUNCTION_TYPE) ? FUNCTION : event.string();
        } else {
          boolean isRecord = event.stringEquals(RECORD);
          if (!isRecord) {
            event.string();
          }
          event.expect(':');
          event.peek();
          recordAt = isRecord ? event.position() : recordAt;
          event.skipValue();
        }
      } while (event.accept(','));
      event.expect('}');
    }
    if (type.isEmpty() || recordAt < 0) {
      tally.malformed++;
      return;
    }
    tally.events++;
    int end = event.position();
    take(time, type, new RecordValue(body, recordAt, end), tally);
  }

  private void take(String time, String type, RecordValue value, Tally tally) throws JsonException {
    String requestId =
        type.equals(FUNCTION) ? functionRequestId(value) : platform(type, value, tally);
    if (!isWanted(type)) {
      return;
    }
    byte[] content = value.content();
    tally.records.add(
        value.isText()
            ? LogRecord.text(time, type, requestId, content)
            : LogRecord.json(time, type, requestId, content));
  }

  private @Nullable String functionRequestId(RecordValue value) throws JsonException {
    String own = value.requestIdOfFunction();
    return own != null ? own : currentRequestId;
  }

  /// Acts on what the platform says, and gives the invocation it speaks of.
  private @Nullable String platform(String type, RecordValue value, Tally tally)
      throws JsonException {
    if (!type.startsWith(PLATFORM_PREFIX)) {
      return currentRequestId;
    }
    String requestId = value.member("requestId");
    switch (type) {
      case "platform.start" -> {
        currentRequestId = requestId;
        if (requestId != null) {
          tally.startedRequestIds.add(requestId);
        }
      }
      case "platform.runtimeDone" -> {
        if (requestId != null) {
          tally.completedRequestIds.add(requestId);
        }
      }
      case "platform.logsDropped" -> {
        tally.droppedByPlatform += value.number("droppedRecords");
        // The end of the invocation may be among them: nobody must wait for it.
        if (currentRequestId != null) {
          tally.completedRequestIds.add(currentRequestId);
        }
      }
      default -> {}
    }
    return requestId;
  }

  /// A type of which no user could have known passes: the platform sends what was subscribed to.
  private boolean isWanted(String type) {
    String category = type.startsWith(PLATFORM_PREFIX) ? "platform" : type;
    return wantedTypes.contains(category) || !CATEGORIES.contains(category);
  }

  /// What a delivery adds up to while it is read.
  private static final class Tally {
    final List<LogRecord> records = new ArrayList<>();
    final List<String> startedRequestIds = new ArrayList<>();
    final List<String> completedRequestIds = new ArrayList<>();
    int events;
    int malformed;
    long droppedByPlatform;

    Delivery delivery() {
      return new Delivery(
          events, records, startedRequestIds, completedRequestIds, malformed, droppedByPlatform);
    }
  }
}
