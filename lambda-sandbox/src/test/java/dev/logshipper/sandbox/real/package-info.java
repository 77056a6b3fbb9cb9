@NullMarked
package dev.logshipper.sandbox.real;

import org.jspecify.annotations.NullMarked;
