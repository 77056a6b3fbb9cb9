package dev.logshipper.client.http;

import dev.logshipper.sink.support.Http1Client;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/// Fixed descriptions of network errors. An exception's own message may quote the peer, so it is
/// never used. Stateless.
final class NetworkErrors {
  private NetworkErrors() {}

  /// @param caFileVariable names the file with a private CA
  static String describe(IOException failure, String caFileVariable) {
    return switch (failure) {
      case UnknownHostException _ -> "unknown host";
      case NoRouteToHostException _ -> "no route to host";
      case ConnectException _ -> "connection refused";
      case SSLException _ -> Http1Client.describe(failure, caFileVariable);
      case SocketException _ -> "connection reset";
      case EOFException _ -> "connection closed before a response";
      case ProtocolException _ -> "invalid HTTP response";
      default ->
          failure.getCause() instanceof EOFException
              ? "connection closed before a response"
              : "connection failed";
    };
  }
}
