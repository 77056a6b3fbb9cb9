/// Sinks that other layers have put beside the bundled ones: found, kept apart, judged.
@NullMarked
package dev.logshipper.plugins;

import org.jspecify.annotations.NullMarked;
