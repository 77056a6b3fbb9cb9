/// When to flush: the decision at each invocation, and the history that it rests on. Pure, without
/// threads or clocks. `core/FLUSHING.md` explains the policy and what it gives.
@NullMarked
package dev.logshipper.flush;

import org.jspecify.annotations.NullMarked;
