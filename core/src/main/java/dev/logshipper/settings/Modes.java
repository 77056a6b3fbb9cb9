package dev.logshipper.settings;

import dev.logshipper.config.Problem;
import dev.logshipper.sink.SinkProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The value of `PUSHER_MODE`: chains of sinks, separated by commas. Each chain receives all
/// records; the second sink of a chain receives the batches that the first cannot take, and so on.
/// A sink occurs once. Spaces and semicolons that separate sinks are reported and read as commas.
final class Modes {
  private static final String VARIABLE = CoreSettings.MODE.name();

  private final AvailableSinks sinks;
  private final List<Problem> problems = new ArrayList<>();
  private final List<List<SinkProvider>> chains = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final Set<String> seen = new LinkedHashSet<>();

  private Modes(AvailableSinks sinks) {
    this.sinks = sinks;
  }

  /// Reads the value.
  static Modes of(String text, AvailableSinks sinks) {
    Modes modes = new Modes(sinks);
    String separated = withCommas(text);
    if (!separated.isEmpty()) {
      modes.problems.add(
          new Problem(
              VARIABLE,
              VARIABLE + "=" + text.strip() + ": expected modes separated by commas",
              "; " + separated + " is used"));
    }
    for (String chain : (separated.isEmpty() ? text : separated).split(",", -1)) {
      modes.read(chain);
    }
    if (modes.seen.isEmpty()) {
      modes.problems.add(
          new Problem(
              VARIABLE, VARIABLE + " names no sink: " + sinks.expected(), "; records are dropped"));
    }
    return modes;
  }

  /// The text with a comma for each space or semicolon that separates two modes; empty if none
  /// does.
  private static String withCommas(String text) {
    StringBuilder joined = new StringBuilder();
    boolean isChanged = false;
    boolean isSpaced = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isSpace = Character.isWhitespace(c) || c == ';';
      if (isSpaced && !isSpace && !isSeparator(c) && endsInMode(joined)) {
        joined.append(',');
        isChanged = true;
      }
      isSpaced = isSpace;
      isChanged |= c == ';';
      if (!isSpaced) {
        joined.append(c);
      }
    }
    return isChanged ? joined.toString() : "";
  }

  private static boolean endsInMode(StringBuilder text) {
    return !text.isEmpty() && !isSeparator(text.charAt(text.length() - 1));
  }

  private static boolean isSeparator(char c) {
    return c == ',' || c == '>';
  }

  private void read(String text) {
    List<SinkProvider> chain = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (String part : text.split(">", -1)) {
      String mode = part.strip().toLowerCase(Locale.ROOT);
      if (mode.isEmpty()) {
        continue;
      }
      Optional<SinkProvider> provider = sinks.find(mode);
      String name = provider.isPresent() ? provider.get().mode() : mode;
      if (!seen.add(name)) {
        problems.add(
            new Problem(
                VARIABLE,
                VARIABLE + " names " + name + " more than once",
                "; the first place counts"));
      } else if (provider.isPresent()) {
        chain.add(provider.get());
      } else {
        absent.add(mode);
      }
    }
    for (String mode : absent) {
      report(mode, chain.isEmpty());
    }
    missing.addAll(absent);
    if (chain.isEmpty()) {
      unknown.addAll(absent);
    } else {
      chains.add(chain);
    }
  }

  private void report(String mode, boolean isAlone) {
    String nearest = sinks.nearest(mode);
    problems.add(
        new Problem(
            VARIABLE,
            VARIABLE
                + "="
                + mode
                + ": "
                + sinks.expected()
                + (nearest == null ? "" : "; did you mean " + nearest + "?"),
            isAlone ? "; records for it are dropped" : "; its chain does without it"));
  }

  List<Problem> problems() {
    return problems;
  }

  /// The known sinks of each chain, at least one.
  List<List<SinkProvider>> chains() {
    return chains;
  }

  /// All unknown sinks.
  List<String> missing() {
    return missing;
  }

  /// The unknown sinks without a known one in their chain.
  List<String> unknown() {
    return unknown;
  }
}
