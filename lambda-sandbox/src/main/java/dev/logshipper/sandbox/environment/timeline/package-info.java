/// The journal that all parts of a sandbox report to.
@NullMarked
package dev.logshipper.sandbox.environment.timeline;

import org.jspecify.annotations.NullMarked;
