/// What the platform delivers, turned into records.
@NullMarked
package dev.logshipper.intake;

import org.jspecify.annotations.NullMarked;
