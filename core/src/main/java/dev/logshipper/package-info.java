/// The extension's entry point: wiring only.
@NullMarked
package dev.logshipper;

import org.jspecify.annotations.NullMarked;
