/// Wire formats that more than one sink speaks, and what they know about the function. Nothing here
/// knows how the bytes travel.
@NullMarked
package dev.logshipper.format.edgedelta;

import org.jspecify.annotations.NullMarked;
