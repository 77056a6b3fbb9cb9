@NullMarked
package dev.logshipper.examples.hello;

import org.jspecify.annotations.NullMarked;
