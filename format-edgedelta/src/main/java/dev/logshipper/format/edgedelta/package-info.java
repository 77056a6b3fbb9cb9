/// Edge Delta's wire formats and variables, shared by the `http` and `kinesis` sinks.
@NullMarked
package dev.logshipper.format.edgedelta;

import org.jspecify.annotations.NullMarked;
