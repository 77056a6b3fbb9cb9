/// The timeline of a run as one HTML file.
@NullMarked
package dev.logshipper.sandbox.page;

import org.jspecify.annotations.NullMarked;
