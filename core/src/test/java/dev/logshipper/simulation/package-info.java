/// A simulation of core between a platform and destinations, with virtual time, in which one seed
/// determines everything: the order of threads, faults, freezes. A run that violates an [Invariant]
/// is repeated by its seed.
@NullMarked
package dev.logshipper.simulation;

import org.jspecify.annotations.NullMarked;
