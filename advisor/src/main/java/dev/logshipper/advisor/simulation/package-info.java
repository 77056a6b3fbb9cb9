/// One environment in virtual time, with the layer's own flush policy.
@NullMarked
package dev.logshipper.advisor.simulation;

import org.jspecify.annotations.NullMarked;
