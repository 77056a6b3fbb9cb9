/// Programs under test as the operating system sees them: exec, signals, CPU time, memory.
@NullMarked
package dev.logshipper.sandbox.environment.process;

import org.jspecify.annotations.NullMarked;
