/// The `loki` sink: batches as pushes to Grafana Loki.
@NullMarked
package dev.logshipper.sink.loki;

import org.jspecify.annotations.NullMarked;
