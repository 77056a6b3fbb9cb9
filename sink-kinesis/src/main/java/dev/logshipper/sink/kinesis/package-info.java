/// The `kinesis` sink: batches put to an Amazon Data Firehose delivery stream.
@NullMarked
package dev.logshipper.sink.kinesis;

import org.jspecify.annotations.NullMarked;
