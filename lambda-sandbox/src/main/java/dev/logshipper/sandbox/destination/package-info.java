/// Stand-in destinations for tests and demos: they take what a log shipper sends, remember it, and
/// fail on demand, down to the socket.
@NullMarked
package dev.logshipper.sandbox.destination;

import org.jspecify.annotations.NullMarked;
