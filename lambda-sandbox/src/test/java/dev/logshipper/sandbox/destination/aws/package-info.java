@NullMarked
package dev.logshipper.sandbox.destination.aws;

import org.jspecify.annotations.NullMarked;
