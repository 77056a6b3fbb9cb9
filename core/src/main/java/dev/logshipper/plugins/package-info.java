/// Sinks that other layers add: found, kept apart from core and from each other, and checked.
@NullMarked
package dev.logshipper.plugins;

import org.jspecify.annotations.NullMarked;
