package dev.logshipper.plugins;

import dev.logshipper.sink.Spi;
import java.lang.reflect.InvocationTargetException;

/// Describes in one line what a plugin's code threw.
///
/// Only the class of an exception is shown, because its message may contain a secret. The messages
/// of linkage errors are shown as well: the JVM writes them, with names of classes and methods.
final class PluginErrors {
  private PluginErrors() {}

  static String describe(Throwable thrown) {
    Throwable cause = thrown.getCause();
    if (thrown instanceof InvocationTargetException && cause != null) {
      return describe(cause);
    }
    if (thrown instanceof ExceptionInInitializerError && cause != null) {
      return "a static initializer failed with " + kind(cause);
    }
    if (thrown instanceof UnsupportedClassVersionError) {
      return "built for another Java; expected classes for Java "
          + Runtime.version().feature()
          + " or older, without preview features";
    }
    if (thrown instanceof LinkageError) {
      return "failed to link ("
          + kind(thrown)
          + ": "
          + thrown.getMessage()
          + "); expected it in the folder's jars, version "
          + Spi.VERSION
          + " of the SPI, or the JDK";
    }
    return "failed with " + kind(thrown);
  }

  private static String kind(Throwable thrown) {
    return thrown.getClass().getName();
  }
}
