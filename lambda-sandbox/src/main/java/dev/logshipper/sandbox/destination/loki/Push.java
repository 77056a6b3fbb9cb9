package dev.logshipper.sandbox.destination.loki;

import java.util.List;

/// One decoded push.
record Push(List<Stream> streams) {

  /// @param labels as text: `{name="value", ...}`
  record Stream(String labels, List<LokiEntry> entries) {}
}
