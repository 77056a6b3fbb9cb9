/// A stand-in for Amazon Data Firehose: `PutRecordBatch` with every limit that AWS publishes, and
/// scripted failures of single records.
@NullMarked
package dev.logshipper.sandbox.destination.firehose;

import org.jspecify.annotations.NullMarked;
