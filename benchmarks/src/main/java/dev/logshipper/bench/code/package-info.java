/// Benchmarks of the code alone, warm and without a Lambda environment: CPU per megabyte of lines
/// of each step, with the layer's JVM flags.
@NullMarked
package dev.logshipper.bench.code;

import org.jspecify.annotations.NullMarked;
