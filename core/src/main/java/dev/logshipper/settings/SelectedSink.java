package dev.logshipper.settings;

import dev.logshipper.sink.SinkDefaults;

/// The defaults of a selected sink, and the variables of its lane.
///
/// @param mode as in `PUSHER_MODE`
record SelectedSink(String mode, SinkDefaults defaults, LaneSettings own) {

  /// No known sink: core's defaults, and no variables of its own.
  static SelectedSink none(String mode) {
    return new SelectedSink(mode, SinkDefaults.NONE, LaneSettings.none());
  }
}
