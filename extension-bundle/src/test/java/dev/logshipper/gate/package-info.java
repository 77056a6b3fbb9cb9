/// Detects a layer that becomes heavier: its classes, libraries and size are counted, not timed,
/// and compared with the limits in `gate/`.
@NullMarked
package dev.logshipper.gate;

import org.jspecify.annotations.NullMarked;
