/// The sandbox in JUnit tests.
@NullMarked
package dev.logshipper.sandbox.junit;

import org.jspecify.annotations.NullMarked;
