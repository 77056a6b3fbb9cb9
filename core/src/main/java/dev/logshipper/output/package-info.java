/// The output of the extension itself.
@NullMarked
package dev.logshipper.output;

import org.jspecify.annotations.NullMarked;
