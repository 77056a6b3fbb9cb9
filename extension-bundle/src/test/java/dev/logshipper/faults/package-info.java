/// What the layer survives, fault by fault. Each row of `extension-bundle/FAULTS.md` is a test here
/// that runs the very layer that ships.
@NullMarked
package dev.logshipper.faults;

import org.jspecify.annotations.NullMarked;
