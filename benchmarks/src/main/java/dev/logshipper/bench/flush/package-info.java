/// The flush study: compares `auto` with other flush rules on arrival patterns, in virtual time, by
/// held time, staleness and requests. Writes `core/FLUSHING.md`: `scripts/bench flush`. The policy
/// under study is core's own.
@NullMarked
package dev.logshipper.bench.flush;

import org.jspecify.annotations.NullMarked;
