/// The listener, and the parser of the deliveries that it receives.
@NullMarked
package dev.logshipper.intake;

import org.jspecify.annotations.NullMarked;
