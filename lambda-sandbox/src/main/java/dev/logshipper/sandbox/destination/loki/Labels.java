package dev.logshipper.sandbox.destination.loki;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A stream's labels, and the rules for them (Loki's `Validator.ValidateLabels`).
///
/// @param repeated a duplicate name
record Labels(SortedMap<String, String> pairs, Optional<String> repeated) {
  private static final int NAMES_MAX = 15;
  private static final int NAME_BYTES_MAX = 1024;
  private static final int VALUE_BYTES_MAX = 2048;

  /// Labels that Loki adds itself and therefore does not count.
  private static final String SERVICE_NAME = "service_name";

  Labels {
    pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
  }

  /// The reason to reject a stream with these labels.
  Optional<String> rejection() {
    long names = pairs.keySet().stream().filter(name -> !name.equals(SERVICE_NAME)).count();
    if (names > NAMES_MAX) {
      return Optional.of(
          "entry for stream '%s' has %d label names; limit %d".formatted(this, names, NAMES_MAX));
    }
    for (var label : pairs.entrySet()) {
      if (Utf8.size(label.getKey()) > NAME_BYTES_MAX) {
        return Optional.of(
            "stream '%s' has label name too long: '%s'".formatted(this, label.getKey()));
      }
      if (Utf8.size(label.getValue()) > VALUE_BYTES_MAX) {
        return Optional.of(
            "stream '%s' has label value too long: '%s'".formatted(this, label.getValue()));
      }
    }
    return repeated.map(name -> "stream '%s' has duplicate label name: '%s'".formatted(this, name));
  }

  @Override
  public String toString() {
    return LabelText.of(pairs);
  }
}
