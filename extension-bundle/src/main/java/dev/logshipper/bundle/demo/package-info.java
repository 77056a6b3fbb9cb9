/// Demonstrates the layer: a real function in a Lambda environment on this machine.
@NullMarked
package dev.logshipper.bundle.demo;

import org.jspecify.annotations.NullMarked;
