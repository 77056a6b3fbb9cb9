/// Records about the extension itself. Nothing here is loaded unless they are switched on.
@NullMarked
package dev.logshipper.health;

import org.jspecify.annotations.NullMarked;
