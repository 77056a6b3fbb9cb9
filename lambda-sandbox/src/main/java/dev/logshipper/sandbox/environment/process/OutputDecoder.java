package dev.logshipper.sandbox.environment.process;

/// Splits a stream of bytes into records. Called by one thread.
public interface OutputDecoder {

  /// Accepts the next bytes; the array is reused afterwards.
  void accept(byte[] chunk, int offset, int length);

  /// Accepts the end of the stream.
  void end();
}
