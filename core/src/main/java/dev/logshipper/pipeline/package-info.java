/// From accepted records to acknowledged batches: bounded buffer, batching, retries, accounting.
@NullMarked
package dev.logshipper.pipeline;

import org.jspecify.annotations.NullMarked;
