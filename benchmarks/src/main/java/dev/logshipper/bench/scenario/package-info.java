/// The scenarios of `scripts/bench` and their experiments.
@NullMarked
package dev.logshipper.bench.scenario;

import org.jspecify.annotations.NullMarked;
