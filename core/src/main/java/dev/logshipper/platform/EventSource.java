package dev.logshipper.platform;

import java.io.IOException;

/// Supplies the platform's events, one after the other.
public interface EventSource {
  /// Requests the next event, which also reports that the extension is done with the current
  /// invocation, or with init.
  void requestNext() throws IOException;

  /// Continues after a process that died with a request pending.
  void resumeRequest() throws IOException;

  /// Waits until the response begins to arrive, however long the environment is frozen meanwhile.
  void awaitResponse() throws IOException;

  /// Reads the next event, and waits for it if necessary.
  ///
  /// @throws PlatformException when the platform rejects the request; the extension cannot go on
  ExtensionEvent readNext() throws IOException;
}
