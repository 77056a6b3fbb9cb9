/// A function that does nothing but log.
@NullMarked
package dev.logshipper.examples.hello;

import org.jspecify.annotations.NullMarked;
