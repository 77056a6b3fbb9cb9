/// Patterns that select records.
@NullMarked
package dev.logshipper.select;

import org.jspecify.annotations.NullMarked;
