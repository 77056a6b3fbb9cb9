/// A stand-in for Amazon Data Firehose: `PutRecordBatch` with every limit that AWS publishes, and
/// failures of single records on demand.
@NullMarked
package dev.logshipper.sandbox.destination.firehose;

import org.jspecify.annotations.NullMarked;
