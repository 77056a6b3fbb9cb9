package dev.logshipper.sink;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import java.util.List;

/// The service through which `java.util.ServiceLoader` finds a sink. Cheap and stateless: no I/O,
/// and no static initialiser that touches a client library.
public interface SinkProvider {

  /// The value of `PUSHER_MODE` that selects the sink: a noun in lower-case letters, digits and
  /// dashes.
  String mode();

  /// Other values of `PUSHER_MODE` that select the sink, such as the name of its service. Logs, the
  /// ledger and other variables use [#mode]. Aliases of plugins are ignored: their folder names
  /// them.
  default List<String> aliases() {
    return List.of();
  }

  /// Every variable that the sink reads. It gets no others, and documentation is generated from
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

  /// Variables that contradict one another so that the sink cannot work, one text each, without a
  /// secret: "expected one of A and B, not both". With any, [#open] is not called, and the texts
  /// are among the configuration problems. Called once, if each required variable has a value.
  ///
  /// @param settings the values of what [#settings] declared; a secret that is read later has none,
  ///   but [Settings#isSet]
  default List<String> contradictions(Settings settings) {
    return List.of();
  }

  /// Builds a sink from validated settings; every required one has a value. Opens no connection,
  /// starts no thread, reads no clock (rule S1).
  ///
  /// @throws IllegalArgumentException when the settings contradict one another; the message says
  ///   what was expected and shows no secret
  Sink open(SinkContext context);
}
