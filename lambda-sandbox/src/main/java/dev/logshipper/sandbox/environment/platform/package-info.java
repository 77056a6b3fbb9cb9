/// The HTTP interfaces that Lambda offers inside an execution environment, and the state behind
/// them.
@NullMarked
package dev.logshipper.sandbox.environment.platform;

import org.jspecify.annotations.NullMarked;
