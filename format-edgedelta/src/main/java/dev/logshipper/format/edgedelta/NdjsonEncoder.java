package dev.logshipper.format.edgedelta;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.support.LineSettings;
import java.io.IOException;
import java.io.OutputStream;

/// Newline-delimited JSON in UTF-8, one line per record. Nothing is lost: a record that lacks a
/// field of its form becomes a line with the record's text.
///
/// Call [#begin] for each attempt to send a batch, then [#write] for its records in order. Encoding
/// a batch again immediately gives the same bytes. One encoder per sink: not thread-safe.
public abstract sealed class NdjsonEncoder permits EnrichedLines, PlainLines, EventLines {

  private final boolean unwraps;

  /// @param unwraps whether lines are [LogRecord#unwrapped]
  NdjsonEncoder(boolean unwraps) {
    this.unwraps = unwraps;
  }

  /// The encoder for a form. The context's settings must include [FormatSettings#all].
  public static NdjsonEncoder of(LineFormat format, SinkContext context) {
    // No switch: the JVM makes a class for one over an enum, which the first delivery would wait
    // for.
    if (format == LineFormat.PLAIN) {
      return plain(context.settings());
    }
    return format == LineFormat.ENRICHED
        ? enriched(context)
        : new EventLines(
            context::function,
            format == LineFormat.SPLUNK,
            context.settings().get(LineSettings.UNWRAP_JSON));
  }

  /// The form with the origin of each line: cloud, function, invocation and, with
  /// [FormatSettings#FORWARD_TAGS], tags. The context's settings must include [FormatSettings#all].
  public static NdjsonEncoder enriched(SinkContext context) {
    return new EnrichedLines(
        context::function,
        FunctionLookup.of(context, System::currentTimeMillis),
        context.settings().get(LineSettings.UNWRAP_JSON));
  }

  /// The short form: `timestamp`, `message`, `log_type`, and the numbers of a report. The settings
  /// must include [FormatSettings#all].
  public static NdjsonEncoder plain(Settings settings) {
    return new PlainLines(settings.get(LineSettings.UNWRAP_JSON));
  }

  /// Minimum size of a line in bytes, without the record's content.
  public abstract int lineOverheadBytes();

  /// Prepares for the records of a batch. The first call may ask the Lambda API for the function's
  /// tags, for at most half of the remaining time and at most two seconds.
  ///
  /// @throws InterruptedException when interrupted while asking
  public abstract void begin(Batch batch, Deadline deadline) throws InterruptedException;

  /// The record whose content [#write] writes: without the platform's envelope, unless the user
  /// wants it.
  public final LogRecord line(LogRecord record) {
    return unwraps ? record.unwrapped() : record;
  }

  /// Writes one record of the batch as one line, including the newline.
  public abstract void write(LogRecord record, OutputStream out) throws IOException;
}
