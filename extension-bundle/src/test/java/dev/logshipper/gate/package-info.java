/// Keeps the layer from becoming heavier unnoticed: what it loads and weighs is counted, not timed,
/// and held to what the files in `gate/` allow.
@NullMarked
package dev.logshipper.gate;

import org.jspecify.annotations.NullMarked;
