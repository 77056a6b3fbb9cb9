package dev.logshipper.bench;

import dev.logshipper.bundle.BundledSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The command line. Everything has a default.
final class Arguments {
  static final String USAGE =
      """
      scripts/bench --gate [--write]: fails when the layer uses or weighs more than extension-bundle/gate/ allows.
      scripts/bench code [OPTION OF JMH...]: what a megabyte of lines takes in each step of the code.
      scripts/bench [SCENARIO...]: measures the shipped layer beside a bare bash extension, a bare JVM on its runtime and
      the extensions that you name, in turn, several times. Prints tables, and writes each single value to a file.

      Scenarios, all of them without a word:
        start        register, ready, memory, first delivery over TLS
        warm-up      functions of five sizes with and without a warm-up, and a picture of it
        cold-start   what is added to the init of a Node and of a Python function
        steady       20 invocations of 10 lines
        volume       18 MB of lines, compressed, over TLS
        outage       a destination that refuses connections; 24 MB/s to a healthy, a slow and a dead one
        patterns     five patterns of arrivals, in real time: minutes, with a third of the repetitions
        size         of the layer
        memory       1,000 invocations of a Node function in a memory cgroup of 128 MB, once

      Options:
        --repetitions N       (default: 9)
        --quick               3 repetitions, for trying
        --sinks A,B           of http, loki, kinesis, s3 (default: all)
        --against PATH        an extension's program, or a folder of such; may be repeated
        --env K=V             a variable for the last --against; {url} stands for its destination
        --destination SINK    what the last --against sends to, as one of our sinks does (default: http)
        --memory MB,MB        repeats start and steady with the CPU of functions of these sizes
        --throttle-init       limits CPU in init too; else from the end of init on
        --long                volume also sends 200 MB, for the CPU of a warm process and its memory
        --memory-cgroup DIR   the group to make that of the scenario memory in
        --readme              rewrites the tables in benchmarks/RESULTS.md
        --help
      """;

  private static final int REPETITIONS = 9;
  private static final int QUICK_REPETITIONS = 3;

  private final Set<Scenario> scenarios = new LinkedHashSet<>();
  private final List<Against> against = new ArrayList<>();
  private int repetitions = REPETITIONS;
  private @Nullable Path readme;
  private List<Integer> memoryMegabytes = List.of();
  private boolean throttledInit;
  private boolean lasting;
  private @Nullable Path memoryGroup;
  private List<String> sinks = BundledSink.ALL.stream().map(BundledSink::mode).toList();

  private Arguments() {}

  /// @param root of the repository
  /// @throws IllegalArgumentException with what is wrong, in a line
  static Settings parse(List<String> words, Path root) {
    Arguments arguments = new Arguments();
    Deque<String> rest = new ArrayDeque<>(words);
    while (!rest.isEmpty()) {
      arguments.take(rest.remove(), rest, root);
    }
    return new Settings(
        arguments.scenarios.isEmpty()
            ? List.of(Scenario.values())
            : List.copyOf(arguments.scenarios),
        arguments.repetitions,
        root.resolve("extension-bundle/target"),
        arguments.readme,
        arguments.memoryMegabytes,
        arguments.throttledInit,
        arguments.lasting,
        arguments.memoryGroup,
        arguments.sinks,
        arguments.against);
  }

  private void take(String word, Deque<String> rest, Path root) {
    switch (word) {
      case "--repetitions" -> repetitions = number(word, value(word, rest));
      case "--quick" -> repetitions = QUICK_REPETITIONS;
      case "--sinks" -> sinks = sinks(value(word, rest));
      case "--against" -> against.add(against(value(word, rest)));
      case "--env" -> addVariable(value(word, rest));
      case "--destination" -> sendTo(value(word, rest));
      case "--memory" -> memoryMegabytes = numbers(word, value(word, rest));
      case "--throttle-init" -> throttledInit = true;
      case "--long" -> lasting = true;
      case "--memory-cgroup" -> memoryGroup = existing(word, value(word, rest));
      case "--readme" -> readme = root.resolve("benchmarks/RESULTS.md");
      default -> scenarios.add(scenario(word));
    }
  }

  private static Scenario scenario(String word) {
    if (word.startsWith("-")) {
      throw new IllegalArgumentException("unknown option " + word);
    }
    return Scenario.named(word);
  }

  private static String value(String option, Deque<String> rest) {
    String value = rest.poll();
    if (value == null || value.startsWith("--")) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }

  private static int number(String option, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException(option + " needs a number above 0, not '" + value + "'");
  }

  private static List<Integer> numbers(String option, String value) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      numbers.add(number(option, part));
    }
    return numbers;
  }

  private static List<String> sinks(String value) {
    List<String> modes = List.of(value.split(",", -1));
    modes.forEach(BundledSink::named);
    return modes;
  }

  private static Path existing(String option, String value) {
    Path path = Path.of(value).toAbsolutePath();
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(option + ": there is no " + value);
    }
    return path;
  }

  private static Against against(String value) {
    return new Against(existing("--against", value), "http", Map.of());
  }

  private void addVariable(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("--env needs K=V, not '" + assignment + "'");
    }
    Against last = last("--env");
    Map<String, String> environment = new HashMap<>(last.environment());
    environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    against.add(new Against(last.path(), last.destination(), environment));
  }

  private void sendTo(String mode) {
    Against last = last("--destination");
    String destination = BundledSink.named(mode).mode();
    against.add(new Against(last.path(), destination, last.environment()));
  }

  private Against last(String option) {
    if (against.isEmpty()) {
      throw new IllegalArgumentException(option + " belongs after an --against");
    }
    return against.removeLast();
  }
}
