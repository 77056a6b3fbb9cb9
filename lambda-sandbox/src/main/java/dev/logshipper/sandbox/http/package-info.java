/// HTTP/1.1 on one server connection, below any library: for long polls that outlive hours of
/// frozen time, and for faults of the connection itself.
@NullMarked
package dev.logshipper.sandbox.http;

import org.jspecify.annotations.NullMarked;
