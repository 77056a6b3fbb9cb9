package dev.logshipper.sandbox.destination;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// The reaction of a [Destination] to one request: an HTTP response or a fault of the socket.
///
/// Values are immutable and comparable, so a test may compare [ReceivedRequest#response()] with the
/// response it scripted.
public sealed interface ScriptedResponse {

  /// 200 without a body.
  static Http ok() {
    return status(200);
  }

  /// This status without a body; see [Http] for additions.
  static Http status(int status) {
    return new Http(status, Map.of(), Body.EMPTY, Duration.ZERO, 0, false);
  }

  /// 200, after a delay.
  static Http slow(Duration delay) {
    return ok().after(delay);
  }

  /// 200, but its bytes, head included, drip at this rate: every single read of the sender succeeds
  /// in time, so only a deadline over the whole call ends it early.
  static Http trickle(int bytesPerSecond) {
    return ok().at(bytesPerSecond);
  }

  /// 200 that promises to keep the connection, which is then closed: a pool that trusts the promise
  /// sends its next request into a dead connection.
  static Http closeAfter() {
    return ok().thenClose();
  }

  /// RST as soon as the head of the request was read, before its body.
  static ScriptedResponse resetBeforeBody() {
    return new Reset(false);
  }

  /// RST once the whole body was read: the sender cannot know whether it arrived.
  static ScriptedResponse resetAfterBody() {
    return new Reset(true);
  }

  /// Reads the body and sends nothing until [Destination#release()], then 200.
  static ScriptedResponse hang() {
    return new Hang();
  }

  /// Reads the body, sends this text as it is and ends the connection: a response that is not HTTP,
  /// a truncated one, or none.
  static ScriptedResponse raw(String text) {
    return new Raw(text);
  }

  /// Computes the response once the request was read, for protocols whose response depends on the
  /// request. The function runs on the connection's thread.
  static ScriptedResponse computed(Function<ReceivedRequest, ScriptedResponse> function) {
    return new Computed(function);
  }

  /// An HTTP response. Each method returns a modified copy.
  ///
  /// @param body omitted where HTTP has none (HEAD, 204, 304)
  /// @param delay time from reading the request to the first byte
  /// @param bytesPerSecond rate of writing; 0 for no limit
  /// @param closes whether the connection is closed afterwards without announcing it
  record Http(
      int status,
      Map<String, String> headers,
      Body body,
      Duration delay,
      int bytesPerSecond,
      boolean closes)
      implements ScriptedResponse {

    public Http {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("a final HTTP status is 200 to 599, not " + status);
      }
      if (delay.isNegative() || bytesPerSecond < 0) {
        throw new IllegalArgumentException("delay and rate must not be negative");
      }
      headers = Map.copyOf(headers);
    }

    /// With this header; a second value for a name replaces the first.
    public Http header(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Http(status, more, body, delay, bytesPerSecond, closes);
    }

    /// With `Retry-After` in its form of whole seconds.
    public Http retryAfterSeconds(long seconds) {
      return header("Retry-After", Long.toString(seconds));
    }

    /// With this body, as UTF-8.
    public Http body(String text) {
      return new Http(status, headers, Body.of(text), delay, bytesPerSecond, closes);
    }

    /// With this body.
    public Http body(byte[] bytes) {
      return new Http(status, headers, Body.of(bytes), delay, bytesPerSecond, closes);
    }

    /// Sent this long after the request was read.
    public Http after(Duration later) {
      return new Http(status, headers, body, later, bytesPerSecond, closes);
    }

    /// Written at this rate.
    public Http at(int newBytesPerSecond) {
      return new Http(status, headers, body, delay, newBytesPerSecond, closes);
    }

    /// Followed by an unannounced end of the connection.
    public Http thenClose() {
      return new Http(status, headers, body, delay, bytesPerSecond, true);
    }

    boolean isSuccess() {
      return status < 300;
    }
  }

  /// Resets the connection instead of responding.
  ///
  /// @param afterBody whether the whole body is read first
  record Reset(boolean afterBody) implements ScriptedResponse {}

  /// Sends nothing until released.
  record Hang() implements ScriptedResponse {}

  /// Sends a text and ends the connection.
  record Raw(String text) implements ScriptedResponse {}

  /// Computes the response from the request.
  record Computed(Function<ReceivedRequest, ScriptedResponse> function)
      implements ScriptedResponse {}
}
