@NullMarked
package dev.logshipper.sandbox.destination;

import org.jspecify.annotations.NullMarked;
