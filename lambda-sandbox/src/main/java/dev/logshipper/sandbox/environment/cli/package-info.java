/// The sandbox from a shell.
@NullMarked
package dev.logshipper.sandbox.environment.cli;

import org.jspecify.annotations.NullMarked;
