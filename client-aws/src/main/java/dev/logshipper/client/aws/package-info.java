/// The AWS SDK as sinks need it: one attempt, ended by a deadline, without background threads.
@NullMarked
package dev.logshipper.client.aws;

import org.jspecify.annotations.NullMarked;
