/// Which records a lane ships.
@NullMarked
package dev.logshipper.select;

import org.jspecify.annotations.NullMarked;
