package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.intake.InvocationContext.Invocation;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import org.jspecify.annotations.Nullable;

/// Finds the invocation to which a line of the function belongs. A line names it by a request id
/// that the platform has announced; any other id is the application's own. A line that names none
/// belongs to the running invocation, or to none where several may run.
///
/// In JSON, members of the line itself take precedence over members of its objects, and later ones
/// over earlier ones, as with duplicate members in most JSON parsers.
final class LineOwner {
  /// Names of the request id, in lower case and without separators: AWS's runtimes log `requestId`
  /// or `AWSRequestId`, Powertools `function_request_id`, GELF prefixes `_`, others use
  /// OpenTelemetry's `faas.invocation_id`.
  private static final byte[][] NAMES = {
    "requestid".getBytes(US_ASCII),
    "awsrequestid".getBytes(US_ASCII),
    "functionrequestid".getBytes(US_ASCII),
    "lambdarequestid".getBytes(US_ASCII),
    "awslambdarequestid".getBytes(US_ASCII),
    "faasinvocationid".getBytes(US_ASCII)
  };

  /// Objects of a line that hold the context of a log call rather than its arguments, named
  /// likewise: Rust's spans, Log4j's and Logback's context maps, loguru's and OpenTelemetry's
  /// attributes.
  private static final byte[][] CONTEXTS = {
    "span".getBytes(US_ASCII),
    "spans".getBytes(US_ASCII),
    "context".getBytes(US_ASCII),
    "lambdacontext".getBytes(US_ASCII),
    "contextmap".getBytes(US_ASCII),
    "mdc".getBytes(US_ASCII),
    "labels".getBytes(US_ASCII),
    "logginggoogleapiscom/labels".getBytes(US_ASCII),
    "attributes".getBytes(US_ASCII),
    "record".getBytes(US_ASCII),
    "extra".getBytes(US_ASCII)
  };

  private static final byte[][] MESSAGES = {"message".getBytes(US_ASCII)};
  private static final byte[] RUST_SPAN = "Lambda runtime invoke{requestId=\"".getBytes(US_ASCII);
  private static final byte[] LOGFMT_ID = " requestId=".getBytes(US_ASCII);

  /// Request ids have 36 characters. A longer value is none.
  private static final int REQUEST_ID_BYTES_MAX = 64;

  private static final int LEVEL_BYTES_MAX = 40;

  /// Rust's `spans` is an array of objects, and loguru's `extra` an object in `record`.
  private static final int DEPTH_MAX = 3;

  private final InvocationContext invocations;

  LineOwner(InvocationContext invocations) {
    this.invocations = invocations;
  }

  /// The invocation of a line in JSON.
  ///
  /// @param line a valid JSON value
  @Nullable Invocation ofJson(byte[] line) throws JsonException {
    if (line[0] != '{') {
      return invocations.current();
    }
    Search search = new Search(line);
    boolean _ = search.object(0);
    if (search.found != null) {
      return search.found;
    }
    byte[] message = search.message;
    return message == null ? invocations.current() : ofText(message);
  }

  /// The invocation of a line of text.
  @Nullable Invocation ofText(byte[] line) {
    Invocation own = named(line);
    return own == null ? invocations.current() : own;
  }

  /// The request id is a field of Node's format (`TIME ID LEVEL …`), of Python's (`[LEVEL] TIME ID
  /// …`), of AWS's pattern for Log4j (`DATE TIME ID LEVEL …`), and of the platform's texts (`TIME
  /// ID Task timed out`, `START RequestId: ID`). Formats that have it in any place are searched
  /// only if the running invocation is not known.
  private @Nullable Invocation named(byte[] line) {
    if (line.length == 0) {
      return null;
    }
    if (line[0] == '[') {
      int closing = endOfLevel(line);
      return closing < 0 ? null : field(line, closing + 2, 1);
    }
    if (line[0] >= '0' && line[0] <= '9') {
      Invocation second = field(line, 0, 1);
      return second == null ? field(line, 0, 2) : second;
    }
    return invocations.isConcurrent() ? marked(line) : null;
  }

  private @Nullable Invocation marked(byte[] line) {
    if (startsWith(line, "START RequestId: ")
        || startsWith(line, "END RequestId: ")
        || startsWith(line, "REPORT RequestId: ")) {
      return field(line, 0, 2);
    }
    if (startsWith(line, "RequestId: ")) {
      return field(line, 0, 1);
    }
    boolean logfmt = startsWith(line, "time") || startsWith(line, "level=");
    int at = after(line, logfmt ? LOGFMT_ID : RUST_SPAN);
    return at < 0 ? null : tokenAt(line, at);
  }

  /// Index of the bracket before the first tab; -1 when there is none. A level may be `Level 25`.
  private static int endOfLevel(byte[] line) {
    for (int at = 1; at < LEVEL_BYTES_MAX && at + 1 < line.length; at++) {
      if (line[at] == ']' && line[at + 1] == '\t') {
        return at;
      }
    }
    return -1;
  }

  /// @param number of the field, from 0; fields are separated by one tab or space
  private @Nullable Invocation field(byte[] line, int from, int number) {
    int at = from;
    for (int i = 0; i < number; i++) {
      at = endOfToken(line, at, line.length) + 1;
    }
    return tokenAt(line, at);
  }

  private @Nullable Invocation tokenAt(byte[] line, int at) {
    int from = at < line.length && line[at] == '"' ? at + 1 : at;
    int to = endOfToken(line, from, from + REQUEST_ID_BYTES_MAX + 1);
    boolean isId = to > from && to - from <= REQUEST_ID_BYTES_MAX;
    return isId ? invocations.find(new String(line, from, to - from, UTF_8)) : null;
  }

  private static int endOfToken(byte[] line, int from, int latest) {
    int at = from;
    while (at < latest && at < line.length && line[at] > ' ' && line[at] != '"') {
      at++;
    }
    return at;
  }

  private static boolean startsWith(byte[] line, String ascii) {
    if (line.length < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (line[i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Index after the first occurrence; -1 when there is none.
  private static int after(byte[] line, byte[] wanted) {
    for (int at = 0; at + wanted.length <= line.length; at++) {
      int i = 0;
      while (i < wanted.length && line[at + i] == wanted[i]) {
        i++;
      }
      if (i == wanted.length) {
        return at + i;
      }
    }
    return -1;
  }

  /// A search through the members of one line.
  private final class Search {
    private final byte[] bytes;
    private final JsonReader line;
    private @Nullable Invocation found;
    private int foundAt = DEPTH_MAX;
    private byte @Nullable [] message;

    private Search(byte[] bytes) {
      this.bytes = bytes;
      this.line = new JsonReader(bytes);
    }

    /// @return whether the search is over
    private boolean object(int depth) throws JsonException {
      line.expect('{');
      if (line.accept('}')) {
        return false;
      }
      do {
        line.peek();
        int from = line.position() + 1;
        line.skipValue();
        int to = line.position() - 1;
        line.expect(':');
        if (member(from, to, depth)) {
          return true;
        }
      } while (line.accept(','));
      line.expect('}');
      return false;
    }

    /// Searches the member with the name in `[from, to)`.
    private boolean member(int from, int to, int depth) throws JsonException {
      char first = line.peek();
      if (first == '"') {
        if (isNamed(from, to, NAMES)) {
          return isRunning(line.stringUpTo(REQUEST_ID_BYTES_MAX), depth);
        }
        if (depth == 0 && invocations.isConcurrent() && isNamed(from, to, MESSAGES)) {
          message = line.stringBytes();
          return false;
        }
      } else if ((first == '{' || first == '[') && isNamed(from, to, CONTEXTS)) {
        return context(depth + 1);
      }
      line.skipValue();
      return false;
    }

    private boolean context(int depth) throws JsonException {
      char first = line.peek();
      if (first == '{' && depth < DEPTH_MAX) {
        return object(depth);
      }
      if (first != '[') {
        line.skipValue();
        return false;
      }
      line.expect('[');
      if (line.accept(']')) {
        return false;
      }
      do {
        if (line.peek() == '[') {
          line.skipValue();
        } else if (context(depth)) {
          return true;
        }
      } while (line.accept(','));
      line.expect(']');
      return false;
    }

    /// Evaluates a request id.
    ///
    /// @return whether the line itself names the running invocation, so that the remainder of a
    ///   long line need not be read
    private boolean isRunning(String requestId, int depth) {
      Invocation invocation = invocations.find(requestId);
      if (invocation == null || depth > foundAt) {
        return false;
      }
      found = invocation;
      foundAt = depth;
      return depth == 0 && invocation == invocations.current();
    }

    private boolean isNamed(int from, int to, byte[][] names) {
      for (byte[] name : names) {
        if (isNamed(from, to, name)) {
          return true;
        }
      }
      return false;
    }

    /// Whether the name is this one but for case and separators.
    private boolean isNamed(int from, int to, byte[] name) {
      int matched = 0;
      for (int at = from; at < to; at++) {
        byte b = bytes[at];
        if (b != '_' && b != '-' && b != '.') {
          byte lower = b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
          if (matched == name.length || lower != name[matched]) {
            return false;
          }
          matched++;
        }
      }
      return matched == name.length;
    }
  }
}
