/// Reading and writing JSON as UTF-8 bytes, without a library: every record passes it, and so does
/// the start path.
@NullMarked
package dev.logshipper.sink.support.text;

import org.jspecify.annotations.NullMarked;
