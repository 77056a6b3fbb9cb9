/// Benchmarks of the code alone, warm and without a Lambda environment around it: how many
/// megabytes of lines a second each step takes on the layer's JVM flags.
@NullMarked
package dev.logshipper.bench.code;

import org.jspecify.annotations.NullMarked;
