/// The extension's main loop: wait for events, flush, shut down.
@NullMarked
package dev.logshipper.lifecycle;

import org.jspecify.annotations.NullMarked;
