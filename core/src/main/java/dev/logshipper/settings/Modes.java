package dev.logshipper.settings;

import dev.logshipper.sink.SinkProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The value of `PUSHER_MODE`: chains of sinks, separated by commas. Each chain receives all
/// records; the second sink of a chain receives the batches that the first cannot take, and so on.
/// A sink occurs once.
final class Modes {
  private static final String VARIABLE = CoreSettings.MODE.name();

  private final AvailableSinks sinks;
  private final List<String> problems = new ArrayList<>();
  private final List<List<SinkProvider>> chains = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private final Set<String> seen = new LinkedHashSet<>();

  private Modes(AvailableSinks sinks) {
    this.sinks = sinks;
  }

  /// Reads the value.
  static Modes of(String text, AvailableSinks sinks) {
    Modes modes = new Modes(sinks);
    for (String chain : text.split(",", -1)) {
      modes.read(chain);
    }
    if (modes.seen.isEmpty()) {
      modes.problems.add(
          VARIABLE + " names no sink: expected one of " + sinks.modes() + "; records are dropped");
    }
    return modes;
  }

  private void read(String text) {
    List<SinkProvider> chain = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String part : text.split(">", -1)) {
      String mode = part.strip().toLowerCase(Locale.ROOT);
      if (mode.isEmpty()) {
        continue;
      }
      Optional<SinkProvider> provider = sinks.find(mode);
      if (!seen.add(mode)) {
        problems.add(VARIABLE + " names " + mode + " more than once; the first place counts");
      } else if (provider.isPresent()) {
        chain.add(provider.get());
      } else {
        missing.add(mode);
      }
    }
    for (String mode : missing) {
      report(mode, chain.isEmpty());
    }
    if (chain.isEmpty()) {
      unknown.addAll(missing);
    } else {
      chains.add(chain);
    }
  }

  private void report(String mode, boolean isAlone) {
    problems.add(
        VARIABLE
            + "="
            + mode
            + ": expected one of "
            + sinks.modes()
            + (isAlone ? "; records for it are dropped" : "; its chain does without it"));
  }

  List<String> problems() {
    return problems;
  }

  /// The known sinks of each chain, at least one.
  List<List<SinkProvider>> chains() {
    return chains;
  }

  /// The unknown sinks without a known one in their chain.
  List<String> unknown() {
    return unknown;
  }
}
