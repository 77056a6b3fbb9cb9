/// What the extension may be told: typed, documented variables, read and checked in one place.
@NullMarked
package dev.logshipper.config;

import org.jspecify.annotations.NullMarked;
