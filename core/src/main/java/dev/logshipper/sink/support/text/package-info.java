/// Reading and writing JSON as UTF-8 bytes, without a library: it lies on the way of every record
/// and on the start path.
@NullMarked
package dev.logshipper.sink.support.text;

import org.jspecify.annotations.NullMarked;
