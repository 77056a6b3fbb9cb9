/// The contract between core and a sink for log records. [Sink] lists its rules.
@NullMarked
package dev.logshipper.sink;

import org.jspecify.annotations.NullMarked;
