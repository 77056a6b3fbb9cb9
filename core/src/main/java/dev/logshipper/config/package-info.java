/// Configuration: typed, documented environment variables, read and checked in one place.
@NullMarked
package dev.logshipper.config;

import org.jspecify.annotations.NullMarked;
