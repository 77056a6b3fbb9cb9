/// The output of a run: tables and pictures of the results.
@NullMarked
package dev.logshipper.bench.report;

import org.jspecify.annotations.NullMarked;
