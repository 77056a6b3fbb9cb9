/// Builds the layer: what goes where, the private runtime, the AOT cache, the zip.
@NullMarked
package dev.logshipper.bundle;

import org.jspecify.annotations.NullMarked;
