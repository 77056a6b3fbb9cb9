package dev.logshipper.sink.kinesis;

/// The form of a Firehose record. Firehose bills each as a multiple of 5 KB.
///
/// @param linesMax maximum number of lines in one
/// @param bytesTarget bytes of lines at which one is closed; a single longer line is one by itself
/// @param gzip whether its data is a gzip member
record RecordShape(int linesMax, int bytesTarget, boolean gzip) {
  /// Firehose separates no more lines than that.
  static final int LINES_MAX = 500;

  /// A record of twenty times what is billed at least wastes 1 to 3 % of a large batch, and is
  /// cheap to send again if it alone was rejected. With it, the bytes of a call and the lines of a
  /// batch end before there are 500 records, unless each has one line.
  static final int BYTES_TARGET = 20 * 5 * 1024;

  /// The usual one.
  static final RecordShape LINES = new RecordShape(LINES_MAX, BYTES_TARGET, false);

  /// For destinations that read a record as one document.
  static final RecordShape SINGLE = new RecordShape(1, BYTES_TARGET, false);

  /// Nothing separates compressed lines on the way, and a tenth of them is left to bill: so larger.
  /// Text in UTF-8 becomes smaller at any rate, so the longest line fits into a record, too.
  static final RecordShape GZIP = new RecordShape(Integer.MAX_VALUE, 512 * 1024, true);
}
