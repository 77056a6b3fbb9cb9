/// OkHttp for sinks: one attempt, bounded by a deadline, over a kept connection that may be dead.
@NullMarked
package dev.logshipper.client.http;

import org.jspecify.annotations.NullMarked;
