/// One environment of a candidate: sandbox, destination, function, limits of CPU and memory.
@NullMarked
package dev.logshipper.bench.process;

import org.jspecify.annotations.NullMarked;
