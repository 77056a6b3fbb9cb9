/// Stand-in destinations for tests and demos: they accept and remember a log shipper's requests,
/// and fail on request, down to the socket.
@NullMarked
package dev.logshipper.sandbox.destination;

import org.jspecify.annotations.NullMarked;
