/// The costs of the layer, compared with other extensions on the same work: `scripts/bench`.
@NullMarked
package dev.logshipper.bench;

import org.jspecify.annotations.NullMarked;
