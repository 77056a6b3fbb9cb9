/// Builds the layer: its files, the private runtime, the AOT caches, the zip.
@NullMarked
package dev.logshipper.bundle;

import org.jspecify.annotations.NullMarked;
