package dev.logshipper.simulation;

import dev.logshipper.sink.LogRecord;
import java.util.List;

/// Compares lists of records by identity.
final class Records {
  private Records() {}

  static boolean areSame(List<LogRecord> some, List<LogRecord> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i) != others.get(i)) {
        return false;
      }
    }
    return true;
  }
}
