package dev.logshipper.settings;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.LaneControl;
import dev.logshipper.pipeline.RecordFilter;
import dev.logshipper.select.MinLevel;
import dev.logshipper.select.Sample;
import java.util.ArrayList;
import java.util.List;

/// The control over the records of one lane, as configured.
///
/// @param own the lane's variables
record LaneRules(Settings settings, LaneSettings own) {

  /// Whether a variable that hides something is unusable, so that the lane must ship nothing.
  boolean isUnusable() {
    for (Setting<?> setting : ControlSettings.guards()) {
      if (own.isUnusable(settings, setting)) {
        return true;
      }
    }
    return false;
  }

  LaneControl laneControl() {
    List<RecordFilter> filters = new ArrayList<>();
    own.findOrDefault(settings, ControlSettings.MIN_LEVEL)
        .ifPresent(level -> filters.add(new MinLevel(level)));
    own.find(settings, ControlSettings.SAMPLE_PERCENT)
        .ifPresent(percent -> filters.add(new Sample(percent)));
    return filters.isEmpty() ? LaneControl.NONE : new LaneControl(filters, null);
  }
}
