/// Measured values and their statistics.
@NullMarked
package dev.logshipper.bench.result;

import org.jspecify.annotations.NullMarked;
