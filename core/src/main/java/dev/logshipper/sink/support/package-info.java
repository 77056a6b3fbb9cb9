/// Helpers for sinks, bundled or third-party. Unlike the contract in `dev.logshipper.sink`, they
/// may change with a minor version.
@NullMarked
package dev.logshipper.sink.support;

import org.jspecify.annotations.NullMarked;
