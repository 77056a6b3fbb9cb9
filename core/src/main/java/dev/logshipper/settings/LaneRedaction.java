package dev.logshipper.settings;

import dev.logshipper.pipeline.LaneControl.Redaction;
import dev.logshipper.redact.Redactor;
import dev.logshipper.sink.LogRecord;
import org.jspecify.annotations.Nullable;

/// The redaction of a lane. Until a key that is kept elsewhere was read, replacements have no hash.
///
/// @param redactor with the key, or to be given it before the sink is opened
record LaneRedaction(Redactor redactor) implements Redaction {

  @Override
  public @Nullable LogRecord redact(LogRecord record) {
    return redactor.apply(record);
  }
}
