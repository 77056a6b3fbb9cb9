package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
  private static final byte[] OWN_PREFIX = PrintingDiagnostics.PREFIX.getBytes(UTF_8);
  private static final String FUNCTION = "function";
  private static final String EXTENSION = "extension";
  private static final String PLATFORM_PREFIX = "platform.";
  private static final List<String> CATEGORIES = List.of("platform", FUNCTION, EXTENSION);

  /// The platform's are 24 long, and 30 with microseconds. What is longer is no time.
  private static final int TIME_BYTES_MAX = 40;

  /// The longest of the platform's is half as long. An event with a longer one is malformed.
  private static final int TYPE_BYTES_MAX = 64;

  private static final int KNOWN_TYPES_MAX = 64;

  private final Set<String> wantedTypes;
  private final Map<String, String> knownTypes = new HashMap<>();
  private @Nullable String currentRequestId;

  /// @param wantedTypes some of `platform`, `function`, `extension`
  EventParser(Set<String> wantedTypes) {
    this.wantedTypes = Set.copyOf(wantedTypes);
  }

  /// Reads a body; whatever it holds, there is a delivery to account for.
  ///
  /// @param receiver given the records that the user wants, in order, in one piece or several
  Delivery parse(byte[] body, int length, Consumer<List<LogRecord>> receiver) {
    Tally tally = new Tally(receiver);
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
        tally.malformed();
      }
    } catch (JsonException _) {
      // From here on nothing can be told apart; what was read so far is good.
      tally.malformed();
    }
    return tally.end();
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
      tally.malformed();
    }
  }

  /// Of members that are there more than once the last counts, as with most readers of JSON.
  private void readEvent(byte[] body, JsonReader event, Tally tally) throws JsonException {
    String time = "";
    String type = "";
    RecordValue value = null;
    event.expect('{');
    if (!event.accept('}')) {
      do {
        if (event.stringEquals(TIME)) {
          event.expect(':');
          time = event.stringUpTo(TIME_BYTES_MAX);
        } else if (event.stringEquals(TYPE)) {
          event.expect(':');
          type =
              event.stringEquals(FUNCTION_TYPE)
                  ? FUNCTION
                  : shared(event.stringUpTo(TYPE_BYTES_MAX));
        } else if (event.stringEquals(RECORD)) {
          event.expect(':');
          value = RecordValue.take(body, event);
        } else {
          event.skipValue();
          event.expect(':');
          event.skipValue();
        }
      } while (event.accept(','));
      event.expect('}');
    }
    if (type.isEmpty() || value == null) {
      tally.malformed();
      return;
    }
    take(time, type, value, tally);
  }

  private void take(String time, String type, RecordValue value, Tally tally) throws JsonException {
    String requestId =
        type.equals(FUNCTION) ? functionRequestId(value) : platform(type, value, tally);
    if (isWanted(type)) {
      byte[] content = value.content();
      if (!isOwnLine(type, content)) {
        tally.record(
            value.isJson()
                ? LogRecord.json(time, type, requestId, content)
                : LogRecord.text(time, type, requestId, content));
      }
    }
    tally.event();
  }

  private @Nullable String functionRequestId(RecordValue value) throws JsonException {
    String own = value.requestIdOfFunction();
    // The same object for all lines of an invocation.
    return own == null || own.equals(currentRequestId) ? currentRequestId : own;
  }

  /// Acts on what the platform says, and gives the invocation it speaks of.
  private @Nullable String platform(String type, RecordValue value, Tally tally)
      throws JsonException {
    if (!type.startsWith(PLATFORM_PREFIX)) {
      return currentRequestId;
    }
    String requestId = value.requestId();
    switch (type) {
      case "platform.start" -> {
        currentRequestId = requestId;
        if (requestId != null) {
          tally.started(requestId);
        }
      }
      case "platform.runtimeDone" -> {
        if (requestId != null) {
          tally.completed(requestId);
        }
      }
      case "platform.logsDropped" -> {
        tally.droppedByPlatform(value.number("droppedRecords"));
        // The end of the invocation may be among them: nobody must wait for it.
        if (currentRequestId != null) {
          tally.completed(currentRequestId);
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

  /// What this extension prints comes back where `extension` is subscribed to. Shipping it would
  /// let a line about a failed send cause the next send.
  private static boolean isOwnLine(String type, byte[] content) {
    return type.equals(EXTENSION)
        && content.length >= OWN_PREFIX.length
        && Arrays.equals(content, 0, OWN_PREFIX.length, OWN_PREFIX, 0, OWN_PREFIX.length);
  }

  /// The same object for all records of a type.
  private String shared(String type) {
    String known = knownTypes.get(type);
    if (known == null && knownTypes.size() < KNOWN_TYPES_MAX) {
      knownTypes.put(type, type);
    }
    return known == null ? type : known;
  }
}
