/// Core's variables, and the configuration validated from them.
@NullMarked
package dev.logshipper.settings;

import org.jspecify.annotations.NullMarked;
