/// What the parts of a sandbox report to, so that they need not know who keeps it.
@NullMarked
package dev.logshipper.sandbox.environment.timeline;

import org.jspecify.annotations.NullMarked;
