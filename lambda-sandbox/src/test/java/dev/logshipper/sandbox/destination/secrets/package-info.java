@NullMarked
package dev.logshipper.sandbox.destination.secrets;

import org.jspecify.annotations.NullMarked;
