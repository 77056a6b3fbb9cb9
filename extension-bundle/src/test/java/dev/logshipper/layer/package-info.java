/// End-to-end tests of the very layer that ships, in an execution environment on this machine.
@NullMarked
package dev.logshipper.layer;

import org.jspecify.annotations.NullMarked;
