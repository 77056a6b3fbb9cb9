/// The flight recorder: the lines of an invocation are kept until its outcome is known.
@NullMarked
package dev.logshipper.recorder;

import org.jspecify.annotations.NullMarked;
