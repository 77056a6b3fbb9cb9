/// The `s3` sink: each batch as one object of newline-delimited JSON.
@NullMarked
package dev.logshipper.sink.s3;

import org.jspecify.annotations.NullMarked;
