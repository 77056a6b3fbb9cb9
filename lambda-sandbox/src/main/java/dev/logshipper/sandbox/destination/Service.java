package dev.logshipper.sandbox.destination;

import java.util.List;

/// What stands behind a [ServiceDestination]: the rules of one service and what it keeps. Safe for
/// any thread; requests of several connections are judged at the same time.
public interface Service {

  /// Takes the request or refuses it, as the service would.
  ///
  /// @param request taken whole
  ScriptedResponse.Http judge(ReceivedRequest request);

  /// The lines of all that was kept, see [Destination#lines()].
  List<String> lines();
}
