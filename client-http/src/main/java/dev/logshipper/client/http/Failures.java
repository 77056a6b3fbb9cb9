package dev.logshipper.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Failures of the network in plain words, and never in those of an exception, which may quote the
/// other side. Stateless.
final class Failures {
  private Failures() {}

  /// @param caFileVariable where a private authority would be named
  static String inWords(IOException failure, String caFileVariable) {
    return switch (failure) {
      case UnknownHostException _ -> "its name is unknown";
      case NoRouteToHostException _ -> "no route to it";
      case ConnectException _ -> "connection refused";
      case SSLPeerUnverifiedException _ -> "its certificate is for another name";
      case SSLHandshakeException _ ->
          "TLS handshake failed (a private authority goes into " + caFileVariable + ")";
      case SSLException _ -> "TLS failed";
      case SocketException _ -> "connection reset";
      case EOFException _ -> "connection closed before an answer";
      case ProtocolException _ -> "it does not speak HTTP";
      default ->
          failure.getCause() instanceof EOFException
              ? "connection closed before an answer"
              : "connection failed";
    };
  }
}
