/// The sandbox from a shell.
@NullMarked
package dev.logshipper.sandbox.cli;

import org.jspecify.annotations.NullMarked;
