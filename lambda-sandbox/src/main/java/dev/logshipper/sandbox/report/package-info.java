/// Reports about a run, for people: the terminal, the comparison of lines, the data at a
/// destination.
@NullMarked
package dev.logshipper.sandbox.report;

import org.jspecify.annotations.NullMarked;
