@NullMarked
package dev.logshipper.advisor;

import org.jspecify.annotations.NullMarked;
