/// The `http` sink: batches as newline-delimited JSON, posted to one URL.
@NullMarked
package dev.logshipper.sink.http;

import org.jspecify.annotations.NullMarked;
