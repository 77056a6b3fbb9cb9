package dev.logshipper.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The validated values of one environment. Every declared variable is read and checked at once, so
/// that a user sees all problems together. Immutable and thread-safe.
///
/// This is the only class that reads the process's environment.
public final class Settings {
  private static final String ARN = "arn:";

  /// Stands for the value of a secret that is read later.
  private static final Object LATER = new Object();

  private final IdentityHashMap<Setting<?>, Object> values;
  private final List<Problem> problems;
  private final Collection<Setting<?>> declared;
  private final List<Setting<?>> unusable;

  private Settings(
      IdentityHashMap<Setting<?>, Object> values,
      List<Problem> problems,
      Collection<Setting<?>> declared,
      List<Setting<?>> unusable) {
    this.values = values;
    this.problems = problems;
    this.declared = declared;
    this.unusable = unusable;
  }

  /// The environment of this process.
  public static Map<String, String> environmentOfProcess() {
    return System.getenv();
  }

  /// Reads the `declared` variables from `environment`. A blank one counts as not set, as in the
  /// extensions that this one replaces.
  public static Settings of(Map<String, String> environment, Collection<Setting<?>> declared) {
    return of(environment, declared, null);
  }

  /// As [#of(Map, Collection)], for an environment in which secrets may be references.
  ///
  /// @param secrets null if none is
  public static Settings of(
      Map<String, String> environment,
      Collection<Setting<?>> declared,
      @Nullable SecretClassifier secrets) {
    IdentityHashMap<Setting<?>, Object> values = new IdentityHashMap<>();
    List<Problem> problems = new ArrayList<>();
    Settings settings = new Settings(values, problems, List.copyOf(declared), new ArrayList<>());
    for (Setting<?> setting : declared) {
      settings.read(setting, environment, secrets);
    }
    return new Settings(
        values, List.copyOf(problems), settings.declared, List.copyOf(settings.unusable));
  }

  /// Whether the text of a secret among the `declared` variables contains an ARN.
  public static boolean holdsArn(Map<String, String> environment, Collection<Setting<?>> declared) {
    for (Setting<?> setting : declared) {
      if (setting.isSecret()) {
        for (String text : given(setting, environment).values()) {
          if (text.contains(ARN)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// A view with the owner's own variables only.
  ///
  /// @throws IllegalArgumentException if one of `owned` was not declared here
  public Settings only(Collection<Setting<?>> owned) {
    for (Setting<?> setting : owned) {
      mustBeDeclared(setting);
    }
    return new Settings(values, problems, List.copyOf(owned), unusable);
  }

  /// The value in effect.
  ///
  /// @throws IllegalStateException if there is none: a required or optional setting without a
  ///   usable value
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new IllegalStateException(setting.name() + " has no value"));
  }

  /// The value in effect, if there is one.
  public <T> Optional<T> find(Setting<T> setting) {
    mustBeDeclared(setting);
    Object stored = values.get(setting);
    @SuppressWarnings("unchecked") // read() stores under a Setting<T> only what its Parser<T> gave
    T value = stored == LATER ? null : (T) stored;
    return value != null ? Optional.of(value) : setting.fallback();
  }

  /// Whether the user set it to a usable value, or to a reference to a secret.
  public boolean isSet(Setting<?> setting) {
    mustBeDeclared(setting);
    return values.containsKey(setting);
  }

  /// Whether the user set it to an unusable value.
  public boolean isUnusable(Setting<?> setting) {
    mustBeDeclared(setting);
    return unusable.contains(setting);
  }

  /// Whether every required variable among `owned` has a value.
  public boolean isComplete(Collection<Setting<?>> owned) {
    for (Setting<?> setting : owned) {
      if (setting.isRequired() && !values.containsKey(setting)) {
        return false;
      }
    }
    return true;
  }

  /// All problems, in the order of declaration.
  public List<Problem> problems() {
    return problems;
  }

  Collection<Setting<?>> declared() {
    return declared;
  }

  private void mustBeDeclared(Setting<?> setting) {
    for (Setting<?> known : declared) {
      if (known == setting) {
        return;
      }
    }
    throw new IllegalArgumentException(setting.name() + " is not among the declared settings");
  }

  /// Whether one of the settings refers to a secret.
  public boolean hasReference(Collection<Setting<?>> owned) {
    for (Setting<?> setting : owned) {
      if (values.get(setting) == LATER) {
        return true;
      }
    }
    return false;
  }

  /// The text of a variable that refers to a secret; empty for any other.
  public Optional<String> reference(Setting<?> setting, Map<String, String> environment) {
    mustBeDeclared(setting);
    return values.get(setting) == LATER
        ? Optional.of(given(setting, environment).values().iterator().next())
        : Optional.empty();
  }

  private <T> void read(
      Setting<T> setting, Map<String, String> environment, @Nullable SecretClassifier secrets) {
    Map<String, String> given = given(setting, environment);
    if (given.isEmpty()) {
      if (setting.isRequired()) {
        problems.add(ProblemText.missing(setting));
      }
      return;
    }
    Map.Entry<String, String> winner = given.entrySet().iterator().next();
    if (secrets != null && readReference(setting, winner, secrets)) {
      contradiction(winner, given).ifPresent(problems::add);
      return;
    }
    Parser.Reading<T> reading = setting.parse(winner.getValue());
    if (reading == null) {
      problems.add(unusable(setting, winner, setting.expected()));
    } else {
      values.put(setting, reading.value());
      if (reading.remark() != null) {
        problems.add(ProblemText.corrected(setting, winner, reading.remark()));
      }
    }
    contradiction(winner, given).ifPresent(problems::add);
    if (reading != null) {
      checkAgainstCore(setting, winner.getKey(), reading.value());
    }
  }

  /// Returns whether the text is not the value itself.
  private boolean readReference(
      Setting<?> setting, Map.Entry<String, String> given, SecretClassifier secrets) {
    if (!setting.isSecret() || !given.getValue().contains(ARN)) {
      return false;
    }
    SecretClassifier.Kind kind = secrets.classify(setting, given.getValue());
    if (kind == SecretClassifier.Kind.REFERENCE) {
      values.put(setting, LATER);
    } else if (kind == SecretClassifier.Kind.UNUSABLE) {
      String expected = secrets.expected() + ", or " + setting.expected();
      problems.add(unusable(setting, given, expected));
    }
    return kind != SecretClassifier.Kind.PLAIN;
  }

  /// Core's settings are declared, and read, before those of sinks.
  private <T> void checkAgainstCore(Setting<T> setting, String name, T value) {
    Setting<?> core = coreOf(setting);
    Object used = core == null ? null : values.get(core);
    Object own = setting.toCore(value);
    if (core != null && used != null && own != null && !used.equals(own)) {
      problems.add(ProblemText.disagreement(name, core.name()));
    }
  }

  private @Nullable Setting<?> coreOf(Setting<?> setting) {
    if (setting.coreName().isEmpty()) {
      return null;
    }
    for (Setting<?> known : declared) {
      if (known.name().equals(setting.coreName())) {
        return known;
      }
    }
    return null;
  }

  /// The names that are set, in order of precedence.
  static Map<String, String> given(Setting<?> setting, Map<String, String> environment) {
    Map<String, String> given = new LinkedHashMap<>();
    putIfSet(setting.name(), environment, given);
    for (String alias : setting.aliases()) {
      putIfSet(alias, environment, given);
    }
    return given;
  }

  private static void putIfSet(
      String name, Map<String, String> environment, Map<String, String> given) {
    String text = environment.get(name);
    if (text != null && !text.isBlank()) {
      given.put(name, text);
    }
  }

  private static Optional<Problem> contradiction(
      Map.Entry<String, String> winner, Map<String, String> given) {
    for (Map.Entry<String, String> other : given.entrySet()) {
      if (!other.getValue().equals(winner.getValue())) {
        return Optional.of(ProblemText.disagreement(other.getKey(), winner.getKey()));
      }
    }
    return Optional.empty();
  }

  private Problem unusable(Setting<?> setting, Map.Entry<String, String> given, String expected) {
    unusable.add(setting);
    Setting<?> core = coreOf(setting);
    String used = core == null ? setting.fallbackText() : valueText(core);
    return ProblemText.unusable(setting, given, expected, used);
  }

  <T> String valueText(Setting<T> setting) {
    return find(setting).map(setting::write).orElse("");
  }
}
