/// Fakes and shorthands that the tests of core share.
@NullMarked
package dev.logshipper.testkit;

import org.jspecify.annotations.NullMarked;
