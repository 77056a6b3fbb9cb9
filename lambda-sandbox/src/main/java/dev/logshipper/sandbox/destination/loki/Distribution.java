package dev.logshipper.sandbox.destination.loki;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The distributor's result for a push: the entries it passes on, and why it rejects the others.
///
/// @param accepted streams with the accepted entries, labels as Loki writes them
/// @param rejection Loki's text for all rejected entries
record Distribution(List<Push.Stream> accepted, Optional<String> rejection) {

  /// @throws LokiError when labels or the name of metadata cannot be read: that loses the whole
  ///   push, the good streams too
  static Distribution of(Push push, EntryRules rules) throws LokiError {
    List<Labels> labels = new ArrayList<>();
    for (Push.Stream stream : push.streams()) {
      labels.add(LabelParser.parse(stream.labels()));
    }
    List<Push.Stream> accepted = new ArrayList<>();
    List<String> rejected = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      Optional<String> rejection = labels.get(i).rejection();
      if (rejection.isPresent()) {
        rejected.add(rejection.get());
      } else {
        accepted.add(accepted(labels.get(i), push.streams().get(i), rules, rejected));
      }
    }
    accepted.removeIf(stream -> stream.entries().isEmpty());
    return new Distribution(accepted, grouped(rejected));
  }

  private static Push.Stream accepted(
      Labels labels, Push.Stream stream, EntryRules rules, List<String> rejected) throws LokiError {
    List<LokiEntry> accepted = new ArrayList<>();
    for (LokiEntry entry : stream.entries()) {
      Optional<String> rejection = rules.rejection(labels.toString(), entry);
      rejection.ifPresent(rejected::add);
      if (rejection.isEmpty()) {
        accepted.add(MetadataNames.valid(entry));
      }
    }
    return new Push.Stream(labels.toString(), accepted);
  }

  /// Equal texts are reported once, with their number (Loki's `GroupedErrors`).
  private static Optional<String> grouped(List<String> rejected) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    rejected.forEach(each -> counts.merge(each, 1, Integer::sum));
    if (rejected.size() < 2) {
      return rejected.stream().findFirst();
    }
    List<String> texts = new ArrayList<>();
    counts.forEach((text, count) -> texts.add(count + " errors like: " + text));
    return Optional.of(String.join("; ", texts));
  }
}
