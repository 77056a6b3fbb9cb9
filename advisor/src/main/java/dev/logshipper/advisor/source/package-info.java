/// Where a function's variables and facts come from.
@NullMarked
package dev.logshipper.advisor.source;

import org.jspecify.annotations.NullMarked;
