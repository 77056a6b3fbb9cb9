package dev.logshipper.advisor.doctor;

import dev.logshipper.advisor.source.FunctionDescription;
import dev.logshipper.advisor.source.LayerEnvironment;
import dev.logshipper.settings.AvailableSinks;
import dev.logshipper.settings.Configuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// A function's variables as the layer reads them, with the layer's own code.
///
/// @param environment of the layer; it has stand-ins for values that are not known
public record Checkup(
    FunctionDescription function, Map<String, String> environment, Configuration configuration) {
  /// Values that most variables accept, for those whose values are not known.
  private static final List<String> STAND_INS =
      List.of(
          "unknown-until-deployed",
          "https://unknown-until-deployed.invalid/",
          "1000",
          "true",
          "eu-west-1",
          "123456789012",
          "");

  /// Reads the variables.
  public static Checkup of(FunctionDescription function) {
    return of(function, STAND_INS);
  }

  /// The same, with defaults in place of values that are not known, where there are any.
  public static Checkup withDefaults(FunctionDescription function) {
    List<String> candidates = new ArrayList<>(STAND_INS);
    candidates.addFirst("");
    return of(function, candidates);
  }

  private static Checkup of(FunctionDescription function, List<String> standIns) {
    AvailableSinks sinks = AvailableSinks.load("", "", "");
    Map<String, String> fill = new LinkedHashMap<>();
    for (String name : new TreeSet<>(function.unknown().keySet())) {
      String best = "";
      int fewest = Integer.MAX_VALUE;
      for (String candidate : standIns) {
        fill.put(name, candidate);
        int problems =
            new Configuration(LayerEnvironment.of(function, fill), sinks).problems().size();
        if (problems < fewest) {
          fewest = problems;
          best = candidate;
        }
      }
      fill.put(name, best);
    }
    Map<String, String> environment = LayerEnvironment.of(function, fill);
    return new Checkup(function, environment, new Configuration(environment, sinks));
  }

  /// The problems that the layer would print, and the variables that cannot be checked.
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (String problem : configuration.problems()) {
      findings.add(
          names(problem, function.unknown().keySet())
              ? Finding.note(problem + " (the value is not known until deployed)")
              : Finding.problem(problem, ""));
    }
    new TreeMap<>(function.unknown())
        .forEach((name, expression) ->
            findings.add(Finding.note(name + " is unknown until deployed (" + expression + ")")));
    if (findings.isEmpty()) {
      findings.add(Finding.ok("the layer accepts all variables"));
    }
    return findings;
  }

  /// Whether a message begins with one of the names.
  private static boolean names(String message, Iterable<String> names) {
    for (String name : names) {
      if (message.startsWith(name + "=") || message.startsWith(name + " ")) {
        return true;
      }
    }
    return false;
  }

  /// The settings in effect.
  public List<SettingInEffect> settings() {
    List<SettingInEffect> all = new ArrayList<>();
    configuration
        .reportEntries()
        .forEach((owner, entries) -> {
          for (String entry : entries) {
            if (SettingInEffect.isOne(entry)) {
              all.add(SettingInEffect.of(owner, entry).from(function.unknown()));
            }
          }
        });
    return all;
  }
}
