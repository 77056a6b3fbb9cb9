package dev.logshipper.settings;

import dev.logshipper.sink.SinkDefaults;

/// The defaults of a selected sink, and the variables of its lane.
///
/// @param mode as in `PUSHER_MODE`
record SelectedSink(String mode, SinkDefaults defaults, LaneSettings own) {}
