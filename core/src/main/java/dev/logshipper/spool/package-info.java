/// The spool: undelivered records in files of the temporary folder, for the next process in the
/// same environment.
@NullMarked
package dev.logshipper.spool;

import org.jspecify.annotations.NullMarked;
