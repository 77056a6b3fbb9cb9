/// The extensions that are compared: the layer, baselines, and others.
@NullMarked
package dev.logshipper.bench.candidate;

import org.jspecify.annotations.NullMarked;
