package dev.logshipper.format.edgedelta;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SinkContext;
import java.io.IOException;
import java.io.OutputStream;

/// Newline-delimited JSON, one line for each record, in UTF-8. Everything is rendered and nothing
/// lost: what a record lacks for its own form goes out as a line with the record's text.
///
/// Call [#begin] for each attempt to send a batch and then [#write] for its records in their order.
/// A batch that is written again right after gives the same bytes. One sink, one encoder: not
/// thread-safe.
public abstract sealed class NdjsonEncoder permits EnrichedLines, PlainLines {

  NdjsonEncoder() {}

  /// The form that says of each line where it comes from: cloud, function, invocation and, when
  /// [FormatSettings#FORWARD_TAGS] is on, tags. The context's settings must hold those of
  /// [FormatSettings#all].
  public static NdjsonEncoder enriched(SinkContext context) {
    return new EnrichedLines(
        context::function, FunctionLookup.of(context, System::currentTimeMillis));
  }

  /// The short form: `timestamp`, `message`, `log_type`, and the numbers of a report.
  public static NdjsonEncoder plain() {
    return new PlainLines();
  }

  /// Bytes that a line has besides the record's content, at least.
  public abstract int lineOverheadBytes();

  /// Prepares for the records of a batch. The first call may ask the Lambda API for the function's
  /// tags, which takes at most half of the time left and never more than two seconds.
  ///
  /// @throws InterruptedException when interrupted while asking
  public abstract void begin(Batch batch, Deadline deadline) throws InterruptedException;

  /// Writes one record of the batch as one line, its newline included.
  public abstract void write(LogRecord record, OutputStream out) throws IOException;
}
