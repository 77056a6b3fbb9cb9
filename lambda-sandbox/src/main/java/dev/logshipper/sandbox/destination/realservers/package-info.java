/// Real servers that are used in production, started on the loopback interface where they are
/// installed, and read back through their own query API. Not part of an ordinary build.
@NullMarked
package dev.logshipper.sandbox.destination.realservers;

import org.jspecify.annotations.NullMarked;
