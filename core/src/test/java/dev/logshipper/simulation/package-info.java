/// A simulation of core between a platform and destinations, with virtual time, of which one seed
/// decides everything: who runs next, what fails, when the environment freezes. A run that breaks a
/// invariant is repeated by its seed.
@NullMarked
package dev.logshipper.simulation;

import org.jspecify.annotations.NullMarked;
