/// The SPI: what a destination for log records must offer, and what it is given. Rules S1 to S16
/// stand at [Sink].
@NullMarked
package dev.logshipper.sink;

import org.jspecify.annotations.NullMarked;
