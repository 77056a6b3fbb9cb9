package dev.logshipper.redact;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values found in a text, in ascending order and apart from each other. Not thread-safe.
final class Matches {
  private final List<Match> matches = new ArrayList<>();

  /// A value.
  ///
  /// @param kind null for a user's own pattern
  /// @param value as found, without escapes, one character for each byte
  record Match(int start, int end, @Nullable RedactionKind kind, String value) {
    Match at(int from, int to) {
      return new Match(from, to, kind, value);
    }
  }

  boolean isEmpty() {
    return matches.isEmpty();
  }

  int size() {
    return matches.size();
  }

  Match get(int index) {
    return matches.get(index);
  }

  void clear() {
    matches.clear();
  }

  void set(int index, Match match) {
    matches.set(index, match);
  }

  /// Adds a value; one that overlaps others is united with them under the first one's kind.
  void add(Match added) {
    int at = matches.size();
    while (at > 0 && matches.get(at - 1).end() > added.start()) {
      at--;
    }
    Match united = added;
    while (at < matches.size() && matches.get(at).start() < united.end()) {
      Match other = matches.remove(at);
      Match first = other.start() <= united.start() ? other : united;
      united =
          first.at(Math.min(other.start(), united.start()), Math.max(other.end(), united.end()));
    }
    matches.add(at, united);
  }
}
