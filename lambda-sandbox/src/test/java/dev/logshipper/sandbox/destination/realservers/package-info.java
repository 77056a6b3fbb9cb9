@NullMarked
package dev.logshipper.sandbox.destination.realservers;

import org.jspecify.annotations.NullMarked;
