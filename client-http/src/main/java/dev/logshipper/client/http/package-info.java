/// OkHttp as a sink needs it: one attempt, by a deadline, over a connection that may have died.
@NullMarked
package dev.logshipper.client.http;

import org.jspecify.annotations.NullMarked;
