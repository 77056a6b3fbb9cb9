/// The output of a run: tables, pictures, raw values.
@NullMarked
package dev.logshipper.bench.report;

import org.jspecify.annotations.NullMarked;
