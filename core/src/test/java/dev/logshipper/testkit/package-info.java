/// Fakes and helpers that tests of several packages and modules of this project share.
@NullMarked
package dev.logshipper.testkit;

import org.jspecify.annotations.NullMarked;
