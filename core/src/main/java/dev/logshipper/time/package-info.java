/// Time, monitors and threads. Tests replace them by a simulation.
@NullMarked
package dev.logshipper.time;

import org.jspecify.annotations.NullMarked;
