package dev.logshipper.bench;

import dev.logshipper.bench.candidate.OtherExtension;
import dev.logshipper.bench.scenario.RunSettings;
import dev.logshipper.bench.scenario.Scenario;
import dev.logshipper.bundle.BundledSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The command line. All options have defaults. Its help is the comment at the beginning of the
/// script.
public final class Arguments {
  private static final int REPETITIONS = 9;
  private static final int QUICK_REPETITIONS = 3;

  private final Set<Scenario> scenarios = EnumSet.noneOf(Scenario.class);
  private final List<OtherExtension> others = new ArrayList<>();
  private int repetitions = REPETITIONS;
  private @Nullable Path baseline;
  private boolean comparison;
  private boolean patterns = true;
  private @Nullable Path document;
  private List<Integer> memoryMegabytes = List.of();
  private boolean throttledInit;
  private boolean longVolume;
  private @Nullable Path memoryGroup;
  private List<String> sinks = BundledSink.ALL.stream().map(BundledSink::mode).toList();

  private Arguments() {}

  /// Parses the command line.
  ///
  /// @param root of the repository
  /// @throws IllegalArgumentException with a message of one line
  public static RunSettings parse(List<String> words, Path root) {
    Arguments arguments = new Arguments();
    Deque<String> remaining = new ArrayDeque<>(words);
    while (!remaining.isEmpty()) {
      arguments.parse(remaining.remove(), remaining, root);
    }
    return new RunSettings(
        arguments.scenarios(),
        arguments.repetitions,
        root.resolve("extension-bundle/target"),
        arguments.baseline,
        arguments.comparison,
        arguments.document,
        arguments.memoryMegabytes,
        arguments.throttledInit,
        arguments.longVolume,
        arguments.memoryGroup,
        arguments.sinks,
        arguments.others);
  }

  private List<Scenario> scenarios() {
    if (comparison) {
      scenarios.addAll(Scenario.COMPARED);
    } else if (scenarios.isEmpty()) {
      scenarios.addAll(List.of(Scenario.values()));
    }
    return scenarios.stream()
        .filter(scenario -> patterns || scenario != Scenario.PATTERNS)
        .toList();
  }

  private void parse(String word, Deque<String> remaining, Path root) {
    switch (word) {
      case "compare" -> comparison = true;
      case "--baseline" -> baseline = existing(word, value(word, remaining));
      case "--no-baseline" -> baseline = null;
      case "--no-patterns" -> patterns = false;
      case "--repetitions" -> repetitions = number(word, value(word, remaining));
      case "--quick" -> repetitions = QUICK_REPETITIONS;
      case "--sinks" -> sinks = sinks(value(word, remaining));
      case "--against" -> others.add(against(value(word, remaining)));
      case "--env" -> addVariable(value(word, remaining));
      case "--destination" -> sendTo(value(word, remaining));
      case "--memory" -> memoryMegabytes = numbers(word, value(word, remaining));
      case "--throttle-init" -> throttledInit = true;
      case "--long" -> longVolume = true;
      case "--memory-cgroup" -> memoryGroup = existing(word, value(word, remaining));
      case "--readme" -> document = root.resolve("benchmarks/RESULTS.md");
      default -> scenarios.add(scenario(word));
    }
  }

  private static Scenario scenario(String word) {
    if (word.startsWith("-")) {
      throw new IllegalArgumentException("unknown option '" + word + "'");
    }
    return Scenario.named(word);
  }

  private static String value(String option, Deque<String> remaining) {
    String value = remaining.poll();
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
      // Reported below.
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

  private static OtherExtension against(String value) {
    return new OtherExtension(existing("--against", value), "http", Map.of());
  }

  private void addVariable(String assignment) {
    int equalsIndex = assignment.indexOf('=');
    if (equalsIndex < 1) {
      throw new IllegalArgumentException("--env needs K=V, not '" + assignment + "'");
    }
    OtherExtension last = last("--env");
    Map<String, String> environment = new HashMap<>(last.environment());
    environment.put(assignment.substring(0, equalsIndex), assignment.substring(equalsIndex + 1));
    others.add(new OtherExtension(last.path(), last.destination(), environment));
  }

  private void sendTo(String mode) {
    OtherExtension last = last("--destination");
    String destination = BundledSink.named(mode).mode();
    others.add(new OtherExtension(last.path(), destination, last.environment()));
  }

  private OtherExtension last(String option) {
    if (others.isEmpty()) {
      throw new IllegalArgumentException(option + " must follow an --against");
    }
    return others.removeLast();
  }
}
