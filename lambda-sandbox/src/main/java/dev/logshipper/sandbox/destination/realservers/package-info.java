/// Real servers that people run in production, started on the loopback interface where they are
/// installed, and read back through their own query API. Nothing of it runs in an ordinary build.
@NullMarked
package dev.logshipper.sandbox.destination.realservers;

import org.jspecify.annotations.NullMarked;
