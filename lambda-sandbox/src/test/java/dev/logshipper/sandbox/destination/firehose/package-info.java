@NullMarked
package dev.logshipper.sandbox.destination.firehose;

import org.jspecify.annotations.NullMarked;
