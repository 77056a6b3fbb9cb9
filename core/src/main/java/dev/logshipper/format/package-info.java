/// Wire formats that more than one sink speaks.
@NullMarked
package dev.logshipper.format;

import org.jspecify.annotations.NullMarked;
