package dev.logshipper.sandbox.destination;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// What an [HttpDestination] does with one request: a reply, good or bad, or a fault of the socket.
///
/// Values are immutable and equal when they ask for the same, so a test may compare
/// [ReceivedRequest#answer()] with the answer it scripted.
public sealed interface Answer {

  /// 200 without a body.
  static Reply ok() {
    return status(200);
  }

  /// This status without a body; see [Reply] for what can be added to it.
  static Reply status(int status) {
    return new Reply(status, Map.of(), Body.EMPTY, Duration.ZERO, 0, false);
  }

  /// 200, but only so long after the request was taken.
  static Reply slow(Duration delay) {
    return ok().after(delay);
  }

  /// 200, but its bytes, head included, drip at this rate: every single read of the sender succeeds
  /// in time, so only a deadline over the whole call ends it early.
  static Reply trickle(int bytesPerSecond) {
    return ok().at(bytesPerSecond);
  }

  /// 200 that promises to keep the connection, which is then closed: a pool that trusts the promise
  /// sends its next request into a dead connection.
  static Reply closeAfter() {
    return ok().thenClose();
  }

  /// RST as soon as the head of the request was read: nothing of the body was taken.
  static Answer resetBeforeBody() {
    return new Reset(false);
  }

  /// RST once the whole body was taken: the sender cannot know whether it arrived.
  static Answer resetAfterBody() {
    return new Reset(true);
  }

  /// Takes the body and says nothing until [HttpDestination#release()], then 200.
  static Answer hang() {
    return new Hang();
  }

  /// Decides once the request was taken, for protocols whose answer depends on the question. The
  /// function runs on the connection's thread and sees the request with this very answer in it.
  static Answer computed(Function<ReceivedRequest, Answer> function) {
    return new Computed(function);
  }

  /// An HTTP response. Each method returns a copy with one thing changed.
  ///
  /// @param body left out where HTTP has none (HEAD, 204, 304)
  /// @param delay how long after the request was taken the first byte is sent
  /// @param bytesPerSecond how fast the response is written; 0 is as fast as possible
  /// @param closes whether the connection is closed afterwards without having said so
  record Reply(
      int status,
      Map<String, String> headers,
      Body body,
      Duration delay,
      int bytesPerSecond,
      boolean closes)
      implements Answer {

    public Reply {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException("a final HTTP status is 200 to 599, not " + status);
      }
      if (delay.isNegative() || bytesPerSecond < 0) {
        throw new IllegalArgumentException("delay and rate must not be negative");
      }
      headers = Map.copyOf(headers);
    }

    /// With this header; a second value for a name replaces the first.
    public Reply header(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Reply(status, more, body, delay, bytesPerSecond, closes);
    }

    /// With `Retry-After` in its form of whole seconds.
    public Reply retryAfterSeconds(long seconds) {
      return header("Retry-After", Long.toString(seconds));
    }

    /// With this body, as UTF-8.
    public Reply body(String text) {
      return new Reply(status, headers, Body.of(text), delay, bytesPerSecond, closes);
    }

    /// With this body.
    public Reply body(byte[] bytes) {
      return new Reply(status, headers, Body.of(bytes), delay, bytesPerSecond, closes);
    }

    /// Sent so long after the request was taken.
    public Reply after(Duration later) {
      return new Reply(status, headers, body, later, bytesPerSecond, closes);
    }

    /// Written at this rate.
    public Reply at(int newBytesPerSecond) {
      return new Reply(status, headers, body, delay, newBytesPerSecond, closes);
    }

    /// Followed by an unannounced end of the connection.
    public Reply thenClose() {
      return new Reply(status, headers, body, delay, bytesPerSecond, true);
    }

    boolean isSuccess() {
      return status < 300;
    }
  }

  /// The connection is reset instead of answered.
  ///
  /// @param bodyTaken whether the whole body is read first
  record Reset(boolean bodyTaken) implements Answer {}

  /// Nothing is answered until released.
  record Hang() implements Answer {}

  /// The answer follows from the request.
  record Computed(Function<ReceivedRequest, Answer> function) implements Answer {}
}
