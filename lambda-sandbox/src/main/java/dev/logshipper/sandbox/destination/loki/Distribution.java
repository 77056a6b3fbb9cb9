package dev.logshipper.sandbox.destination.loki;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a push is to the distributor: what it passes on, and why it does not pass on the rest.
///
/// @param accepted streams with the entries that are left, labels as Loki writes them
/// @param refusal Loki's text for all that is not in them
record Distribution(List<Push.Stream> accepted, Optional<String> refusal) {

  /// @throws LokiError when labels or the name of metadata cannot be read: that loses the whole
  ///   push, the good streams too
  static Distribution of(Push push, EntryRules rules) throws LokiError {
    List<Labels> labels = new ArrayList<>();
    for (Push.Stream stream : push.streams()) {
      labels.add(LabelParser.parse(stream.labels()));
    }
    List<Push.Stream> accepted = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      Optional<String> refusal = labels.get(i).refusal();
      if (refusal.isPresent()) {
        refused.add(refusal.get());
      } else {
        accepted.add(accepted(labels.get(i), push.streams().get(i), rules, refused));
      }
    }
    accepted.removeIf(stream -> stream.entries().isEmpty());
    return new Distribution(accepted, grouped(refused));
  }

  private static Push.Stream accepted(
      Labels labels, Push.Stream stream, EntryRules rules, List<String> refused) throws LokiError {
    List<LokiEntry> accepted = new ArrayList<>();
    for (LokiEntry entry : stream.entries()) {
      Optional<String> refusal = rules.refusal(labels.toString(), entry);
      refusal.ifPresent(refused::add);
      if (refusal.isEmpty()) {
        accepted.add(MetadataNames.valid(entry));
      }
    }
    return new Push.Stream(labels.toString(), accepted);
  }

  /// Equal ones are told once, with their number (Loki's `GroupedErrors`).
  private static Optional<String> grouped(List<String> refused) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    refused.forEach(each -> counts.merge(each, 1, Integer::sum));
    if (refused.size() < 2) {
      return refused.stream().findFirst();
    }
    List<String> told = new ArrayList<>();
    counts.forEach((text, count) -> told.add(count + " errors like: " + text));
    return Optional.of(String.join("; ", told));
  }
}
