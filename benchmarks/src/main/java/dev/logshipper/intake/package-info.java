/// Benchmarks of what only this package of core may use.
@NullMarked
package dev.logshipper.intake;

import org.jspecify.annotations.NullMarked;
