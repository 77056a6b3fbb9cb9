@NullMarked
package dev.logshipper.sandbox.destination.s3;

import org.jspecify.annotations.NullMarked;
