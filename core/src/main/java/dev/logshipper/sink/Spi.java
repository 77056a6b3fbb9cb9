package dev.logshipper.sink;

/// The version of this service provider interface.
public final class Spi {
  /// Raised when something that sinks compile against is removed or changed, not when something is
  /// added. A compile-time constant: a provider that returns it from [SinkProvider#spiVersion]
  /// reports the version it was compiled against.
  public static final int VERSION = 1;

  private Spi() {}
}
