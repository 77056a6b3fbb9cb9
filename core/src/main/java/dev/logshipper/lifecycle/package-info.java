/// The extension's life: register, subscribe, wait for events, decide when to flush, shut down.
@NullMarked
package dev.logshipper.lifecycle;

import org.jspecify.annotations.NullMarked;
