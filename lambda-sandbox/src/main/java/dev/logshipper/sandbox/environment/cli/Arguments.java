package dev.logshipper.sandbox.environment.cli;

import dev.logshipper.sandbox.environment.function.LogFormat;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The command line. Every option has a default.
final class Arguments {

  static final String USAGE =
      """
      Runs extensions and a function as AWS Lambda would, and prints the cost of the extensions.

        --layer DIR           an unpacked layer; the files of DIR/extensions are executed
        --extensions DIR      the folder of those files itself
        --lines N             a built-in function that prints N lines (default: 10)
        --invocations N       (default: 3)
        --pause MILLIS        frozen time between invocations (default: 0)
        --timeout MILLIS      the function's timeout (default: 3000)
        --shutdown MILLIS     the shutdown window (default: 2000)
        --env K=V             a variable of the function; may be repeated
        --log-format FORMAT   text or json (default: text)
        --handler NAME        _HANDLER (default: index.handler)
        --task-root DIR       LAMBDA_TASK_ROOT, the folder of the code (default: /var/task)
        --tenant ID           the tenant of the environment (default: none)
        --snap-start          a snapshot after init, restored for the first invocation
        --managed-instances N a Managed Instance that runs N invocations at a time
        --timeline FILE       writes all events as JSON
        --function -- CMD...  a program that speaks the Runtime API; last on the line
      """;

  Optional<Path> extensions = Optional.empty();
  List<String> function = List.of();
  int lines = 10;
  int invocations = 3;
  long pauseMillis;
  long timeoutMillis = 3_000;
  long shutdownWindowMillis = 2_000;
  LogFormat logFormat = LogFormat.TEXT;
  Optional<String> handler = Optional.empty();
  Optional<Path> taskRoot = Optional.empty();
  String tenantId = "";
  Optional<Path> timeline = Optional.empty();
  boolean snapStart;
  private int workers;
  final Map<String, String> environment = new LinkedHashMap<>();

  private Arguments() {}

  /// @throws IllegalArgumentException naming the wrong argument
  static Arguments parse(List<String> words) {
    Arguments arguments = new Arguments();
    Deque<String> remaining = new ArrayDeque<>(words);
    while (!remaining.isEmpty()) {
      arguments.parse(remaining.remove(), remaining);
    }
    return arguments;
  }

  boolean managedInstances() {
    return workers > 0;
  }

  /// The number of invocations at a time.
  int concurrency() {
    return Math.max(1, workers);
  }

  private void parse(String option, Deque<String> remaining) {
    switch (option) {
      case "--layer" -> extensions = Optional.of(Path.of(value(option, remaining), "extensions"));
      case "--extensions" -> extensions = Optional.of(Path.of(value(option, remaining)));
      case "--lines" -> lines = (int) number(option, remaining);
      case "--invocations" -> invocations = (int) number(option, remaining);
      case "--pause" -> pauseMillis = number(option, remaining);
      case "--timeout" -> timeoutMillis = number(option, remaining);
      case "--shutdown" -> shutdownWindowMillis = number(option, remaining);
      case "--log-format" ->
          logFormat = LogFormat.valueOf(value(option, remaining).toUpperCase(Locale.ROOT));
      case "--handler" -> handler = Optional.of(value(option, remaining));
      case "--task-root" -> taskRoot = Optional.of(Path.of(value(option, remaining)));
      case "--tenant" -> tenantId = value(option, remaining);
      case "--snap-start" -> snapStart = true;
      case "--managed-instances" -> workers = positive(option, remaining);
      case "--timeline" -> timeline = Optional.of(Path.of(value(option, remaining)));
      case "--env" -> addVariable(value(option, remaining));
      case "--function" -> function = command(remaining);
      default -> throw new IllegalArgumentException("Unknown option " + option);
    }
  }

  private void addVariable(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("--env needs K=V: " + assignment);
    }
    environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  private static List<String> command(Deque<String> remaining) {
    if (!"--".equals(remaining.poll()) || remaining.isEmpty()) {
      throw new IllegalArgumentException("--function needs -- and a command");
    }
    List<String> command = List.copyOf(remaining);
    remaining.clear();
    return command;
  }

  private static String value(String option, Deque<String> remaining) {
    String value = remaining.poll();
    if (value == null) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }

  private static int positive(String option, Deque<String> remaining) {
    long number = number(option, remaining);
    if (number < 1 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(option + " needs a number from 1: " + number);
    }
    return (int) number;
  }

  private static long number(String option, Deque<String> remaining) {
    String value = value(option, remaining);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " needs a number: " + value, e);
    }
  }
}
