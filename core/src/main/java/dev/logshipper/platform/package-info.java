/// The Lambda platform: the Extensions API, the subscription to logs, the progress of invocations,
/// and the state that outlives this process.
@NullMarked
package dev.logshipper.platform;

import org.jspecify.annotations.NullMarked;
