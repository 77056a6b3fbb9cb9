@NullMarked
package dev.logshipper.advisor.explain;

import org.jspecify.annotations.NullMarked;
