/// What core asks of its machine where threads meet: time, waiting, threads. In tests a simulation
/// takes its place.
@NullMarked
package dev.logshipper.time;

import org.jspecify.annotations.NullMarked;
