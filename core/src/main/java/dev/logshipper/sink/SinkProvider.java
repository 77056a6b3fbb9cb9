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

  /// The version of the SPI that the provider was compiled against: always [Spi#VERSION], a
  /// constant that the compiler copies into the provider.
  int spiVersion();

  /// Defaults for core's settings. Called once, before [#open], also when a required variable has
  /// no value.
  ///
  /// @param settings the values of what [#settings] declared
  default SinkDefaults defaults(Settings settings) {
    return SinkDefaults.NONE;
  }

  /// Builds a sink from checked settings; every required one has a value. Opens no connection,
  /// starts no thread, reads no clock.
  ///
  /// @throws IllegalArgumentException when the settings contradict one another; the message says
  ///   what was expected and shows no secret
  Sink open(SinkContext context);
}
