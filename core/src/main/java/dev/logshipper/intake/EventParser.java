package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.intake.Delivery.Report;
import dev.logshipper.intake.InvocationContext.Invocation;
import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns the platform's JSON arrays of `{time, type, record}` into records. A malformed event does
/// not affect its neighbours; unknown types pass through; a record may be any JSON value.
///
/// Not thread-safe: deliveries are parsed one after the other, in order of arrival.
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

  /// The platform's timestamps have 24 characters, 30 with microseconds. Anything longer is none.
  private static final int TIME_BYTES_MAX = 40;

  /// The longest type of the platform is half as long. An event with a longer one is malformed.
  private static final int TYPE_BYTES_MAX = 64;

  private static final int KNOWN_TYPES_MAX = 64;

  private final Set<String> wantedTypes;
  private final Map<String, String> knownTypes = new HashMap<>();
  private final InvocationContext invocations;
  private final LineOwner lineOwner;
  private final @Nullable LineStages stages;

  /// @param wantedTypes some of `platform`, `function`, `extension`
  /// @param concurrent whether several invocations may run at the same time
  EventParser(Set<String> wantedTypes, boolean concurrent) {
    this(wantedTypes, concurrent, null);
  }

  /// @param stages between this parser and the receiver of the records; null for none
  EventParser(Set<String> wantedTypes, boolean concurrent, @Nullable LineStages stages) {
    this.wantedTypes = Set.copyOf(wantedTypes);
    this.invocations = new InvocationContext(concurrent);
    this.lineOwner = new LineOwner(invocations);
    this.stages = stages;
  }

  /// Parses a body. The result is a delivery even if the body is malformed.
  ///
  /// @param receiver of the records that the user wants, in order, in one chunk or several
  Delivery parse(byte[] body, int length, Consumer<List<LogRecord>> receiver) {
    Delivery.Builder delivery = new Delivery.Builder(receiver);
    JsonReader json = new JsonReader(body, 0, length);
    if (stages != null) {
      stages.begin(delivery);
    }
    try {
      json.expect('[');
      if (!json.accept(']')) {
        do {
          parseEvent(body, json, delivery);
        } while (json.accept(','));
        json.expect(']');
      }
      if (!json.atEnd()) {
        delivery.malformed();
      }
    } catch (JsonException _) {
      // The structure is lost from here on; the events before are good.
      delivery.malformed();
    }
    if (stages != null) {
      stages.end();
    }
    return delivery.build();
  }

  /// Parses one event. Finds its end first, so that an error inside it stays inside it.
  private void parseEvent(byte[] body, JsonReader json, Delivery.Builder delivery)
      throws JsonException {
    json.peek();
    int start = json.position();
    json.skipValue();
    JsonReader event = new JsonReader(body, start, json.position());
    try {
      readEvent(body, event, delivery);
    } catch (JsonException _) {
      delivery.malformed();
    }
  }

  /// The last of several duplicate members counts, as with most JSON parsers.
  private void readEvent(byte[] body, JsonReader event, Delivery.Builder delivery)
      throws JsonException {
    String time = "";
    String type = "";
    RecordValue value = null;
    event.expect('{');
    if (!event.accept('}')) {
      do {
        if (event.stringEquals(TIME)) {
          event.expect(':');
          time = time(event);
        } else if (event.stringEquals(TYPE)) {
          event.expect(':');
          type =
              event.stringEquals(FUNCTION_TYPE)
                  ? FUNCTION
                  : shared(event.stringUpTo(TYPE_BYTES_MAX));
        } else if (event.stringEquals(RECORD)) {
          event.expect(':');
          value = RecordValue.read(body, event);
        } else {
          event.skipValue();
          event.expect(':');
          event.skipValue();
        }
      } while (event.accept(','));
      event.expect('}');
    }
    if (type.isEmpty() || value == null) {
      delivery.malformed();
      return;
    }
    add(time, type, value, delivery);
  }

  /// Empty when it is no text: a line without a time is better than none.
  private static String time(JsonReader event) throws JsonException {
    if (event.peek() == '"') {
      return event.stringUpTo(TIME_BYTES_MAX);
    }
    event.skipValue();
    return "";
  }

  private void add(String time, String type, RecordValue value, Delivery.Builder delivery)
      throws JsonException {
    boolean isPlatform = type.startsWith(PLATFORM_PREFIX);
    String named = isPlatform ? platform(time, type, value, delivery) : null;
    if (isWanted(type)) {
      byte[] content = value.content();
      Invocation invocation = isPlatform ? announced(named) : owner(type, value.isJson(), content);
      String requestId = invocation == null ? named : invocation.requestId();
      LogRecord record =
          value.isJson()
              ? LogRecord.json(time, type, requestId, content)
              : LogRecord.text(time, type, requestId, content);
      if (!type.equals(EXTENSION) || !isOwnLine(record)) {
        add(invocation == null ? record : record.withTenantId(invocation.tenantId()), delivery);
      }
    }
    delivery.event();
  }

  private void add(LogRecord record, Delivery.Builder delivery) {
    if (stages == null) {
      delivery.record(record);
    } else {
      stages.add(record);
    }
  }

  private @Nullable Invocation announced(@Nullable String requestId) {
    return requestId == null ? null : invocations.find(requestId);
  }

  private @Nullable Invocation owner(String type, boolean json, byte[] content)
      throws JsonException {
    if (!type.equals(FUNCTION)) {
      return invocations.current();
    }
    return json ? lineOwner.ofJson(content) : lineOwner.ofText(content);
  }

  /// Evaluates a platform event.
  ///
  /// @return the request id of the invocation that the event is about
  private @Nullable String platform(
      String time, String type, RecordValue value, Delivery.Builder delivery) throws JsonException {
    String requestId = value.requestId();
    switch (type) {
      case "platform.start" -> {
        if (invocations.started(requestId, time, value.tenantId()) && requestId != null) {
          delivery.report(Report.Kind.STARTED, requestId, time);
        }
      }
      case "platform.runtimeDone" -> {
        if (requestId != null && invocations.ended(requestId, time)) {
          delivery.report(Report.Kind.COMPLETED, requestId, time);
        }
      }
      case "platform.logsDropped" -> {
        delivery.droppedByPlatform(value.number("droppedRecords"));
        // The end of the invocation may be among them, so it must not be waited for.
        Invocation current = invocations.current();
        if (current != null) {
          delivery.report(Report.Kind.COMPLETION_LOST, current.requestId(), time);
        }
      }
      default -> {}
    }
    return requestId;
  }

  /// Unknown types pass, because no user could have excluded them: the platform sends only types
  /// that were subscribed to.
  private boolean isWanted(String type) {
    String category = type.startsWith(PLATFORM_PREFIX) ? "platform" : type;
    return wantedTypes.contains(category) || !CATEGORIES.contains(category);
  }

  /// Lines that this extension prints come back when `extension` is subscribed to. If they were
  /// shipped, a line about a failed send would cause the next send.
  private static boolean isOwnLine(LogRecord record) {
    ByteBuffer line = record.unwrapped().content();
    return line.remaining() >= OWN_PREFIX.length
        && line.slice(0, OWN_PREFIX.length).equals(ByteBuffer.wrap(OWN_PREFIX));
  }

  /// Returns the same object for all records of a type.
  private String shared(String type) {
    String known = knownTypes.get(type);
    if (known == null && knownTypes.size() < KNOWN_TYPES_MAX) {
      knownTypes.put(type, type);
    }
    return known == null ? type : known;
  }
}
