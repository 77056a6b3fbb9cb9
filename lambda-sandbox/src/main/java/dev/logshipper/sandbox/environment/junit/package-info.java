/// The sandbox in JUnit tests.
@NullMarked
package dev.logshipper.sandbox.environment.junit;

import org.jspecify.annotations.NullMarked;
