/// A Lambda execution environment on one machine: it runs any extension, freezes it, and keeps a
/// timeline of what happened and what it cost.
@NullMarked
package dev.logshipper.sandbox.environment;

import org.jspecify.annotations.NullMarked;
