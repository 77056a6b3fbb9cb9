package dev.logshipper.plugins;

import dev.logshipper.sink.SinkProvider;
import java.util.ServiceConfigurationError;

/// What a stranger's code threw, in words for the person who put it there.
///
/// Of an exception only the kind is told, since its message may hold anything. The messages of
/// linkage errors and of `ServiceLoader` are the JVM's own: names of classes, methods and files.
final class Fault {
  private static final String SERVICE = SinkProvider.class.getName() + ": ";

  private Fault() {}

  static String of(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return switch (thrown) {
      case ServiceConfigurationError e -> ofService(e);
      case ExceptionInInitializerError _ when cause != null ->
          "a static initialiser fails with " + kind(cause);
      case UnsupportedClassVersionError _ ->
          "it is built for another Java; expected classes for Java "
              + Runtime.version().feature()
              + " or older, without preview features";
      case LinkageError e -> ofLinkage(e);
      default -> "it fails with " + kind(thrown);
    };
  }

  private static String ofService(ServiceConfigurationError e) {
    String message = String.valueOf(e.getMessage());
    String text = message.startsWith(SERVICE) ? message.substring(SERVICE.length()) : message;
    return e.getCause() == null
        ? text + "; expected a class of the folder's jars that implements SinkProvider"
        : text + ": " + of(e.getCause());
  }

  private static String ofLinkage(LinkageError e) {
    String message = String.valueOf(e.getMessage());
    String text = " (" + kind(e) + ": " + message + ")";
    if (message.contains("dev.logshipper.") || message.contains("dev/logshipper/")) {
      return "it is built against another version of the SPI" + text + "; expected this layer's";
    }
    return e instanceof IncompatibleClassChangeError
        ? "it is built against another version of the SPI or of a library" + text
        : "a class is missing or damaged" + text + "; expected it in the folder's jars or the JDK";
  }

  private static String kind(Throwable thrown) {
    return thrown.getClass().getName();
  }
}
