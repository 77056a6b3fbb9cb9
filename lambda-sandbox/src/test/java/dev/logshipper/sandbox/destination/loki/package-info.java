@NullMarked
package dev.logshipper.sandbox.destination.loki;

import org.jspecify.annotations.NullMarked;
