package dev.logshipper.sandbox.cli;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A fault of the destination, from the begin of one invocation to the end of another and of the
/// time after it.
///
/// @param kind an HTTP status, or `hang`, `reset`, `refuse` or `slow`
/// @param last [Integer#MAX_VALUE] for the end of the run, the shutdown included
record Fault(String kind, int first, int last) {
  private static final Pattern FORM =
      Pattern.compile("([a-z]+|[45]\\d\\d)@(\\d{1,9})(\\.\\.(\\d{0,9}))?");
  private static final Pattern KIND = Pattern.compile("hang|reset|refuse|slow|[45]\\d\\d");
  private static final Duration DELAY = Duration.ofSeconds(2);

  /// @throws IllegalArgumentException with one line
  static Fault parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || !KIND.matcher(parts.group(1)).matches()) {
      throw new IllegalArgumentException(
          "--fault "
              + text
              + ": expected a status from 400 to 599, hang, reset, refuse or slow, and the numbers of"
              + " invocations: 503@10..20, hang@5, 503@10..");
    }
    int first = Integer.parseInt(parts.group(2));
    int last = first;
    if (parts.group(3) != null) {
      String end = parts.group(4);
      last = end.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(end);
    }
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "--fault " + text + ": expected numbers of invocations from 1 on, the smaller one first");
    }
    return new Fault(parts.group(1), first, last);
  }

  boolean covers(int invocation) {
    return first <= invocation && invocation <= last;
  }

  void begin(Destination destination) {
    switch (kind) {
      case "hang" -> destination.respond(ScriptedResponse.hang());
      case "reset" -> destination.respond(ScriptedResponse.resetBeforeBody());
      case "slow" -> destination.respond(slow(destination));
      case "refuse" -> {
        destination.refuseConnections();
        destination.closeConnections();
      }
      default -> destination.respond(ScriptedResponse.status(Integer.parseInt(kind)));
    }
  }

  void end(Destination destination) {
    destination.respond(
        destination instanceof ServiceDestination service
            ? service.handled(response -> response)
            : ScriptedResponse.ok());
    if (kind.equals("refuse")) {
      destination.acceptConnections();
    } else if (kind.equals("hang")) {
      // A request that hung was never stored: its sender must not take it for a success.
      destination.closeConnections();
    }
  }

  private static ScriptedResponse slow(Destination destination) {
    return destination instanceof ServiceDestination service
        ? service.handled(response -> response.after(DELAY))
        : ScriptedResponse.slow(DELAY);
  }

  /// For people.
  String label() {
    return kind.length() == 3 && Character.isDigit(kind.charAt(0)) ? "status " + kind : kind;
  }
}
