/// The faults that the layer survives. Each row of `extension-bundle/FAULTS.md` is a test here that
/// runs the layer that ships.
@NullMarked
package dev.logshipper.faults;

import org.jspecify.annotations.NullMarked;
