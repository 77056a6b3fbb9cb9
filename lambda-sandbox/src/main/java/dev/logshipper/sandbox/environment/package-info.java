/// A Lambda execution environment on one machine: runs and freezes any extensions, and keeps a
/// timeline of events and costs.
@NullMarked
package dev.logshipper.sandbox.environment;

import org.jspecify.annotations.NullMarked;
