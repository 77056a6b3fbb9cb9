package dev.logshipper.sandbox.destination;

import java.util.List;

/// The rules and the storage of one service behind a [ServiceDestination]. Safe for any thread;
/// requests of several connections are handled concurrently.
public interface Service {

  /// Accepts or rejects the request, as the service would.
  ///
  /// @param request read to its end
  ScriptedResponse.Http handle(ReceivedRequest request);

  /// The lines of all that is stored, see [Destination#lines()].
  List<String> lines();
}
