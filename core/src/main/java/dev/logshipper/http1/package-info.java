/// HTTP/1.1 as core itself speaks it: one reader and one writer, for the listener, the Extensions
/// API and the client that sinks use. RFC 9112, without anything that those three do not need.
@NullMarked
package dev.logshipper.http1;

import org.jspecify.annotations.NullMarked;
