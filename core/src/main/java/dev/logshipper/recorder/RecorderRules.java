package dev.logshipper.recorder;

import dev.logshipper.sink.Severity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When the flight recorder ships records.
///
/// @param level lines of this level and above are shipped at once; all others are held
/// @param slower an invocation that lasted longer is shipped whole; null for none
public record RecorderRules(Severity level, @Nullable Duration slower) {}
