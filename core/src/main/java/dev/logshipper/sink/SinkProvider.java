package dev.logshipper.sink;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import java.util.List;

/// Offers one kind of sink. The service that `java.util.ServiceLoader` finds, so it must be cheap
/// and stateless: no static initialiser that touches a client library, no I/O.
public interface SinkProvider {

  /// The word in `PUSHER_MODE` that selects it: a noun in lower-case letters, digits and dashes.
  String mode();

  /// Every variable the sink reads. It is given no others, and documentation is generated from
  /// these.
  List<Setting<?>> settings();

  /// What suits the destination, or what the sink's own variables say, about matters that core
  /// decides. Asked once, before [#open], also when a required variable has no value.
  ///
  /// @param settings holding what [#settings] declared
  default Preferences preferences(Settings settings) {
    return Preferences.NONE;
  }

  /// Builds a sink from checked settings; every required one has a value. Opens no connection,
  /// starts no thread, reads no clock.
  ///
  /// @throws IllegalArgumentException when the settings contradict one another; the message says
  ///   what was expected and shows no secret
  Sink open(SinkContext context);
}
