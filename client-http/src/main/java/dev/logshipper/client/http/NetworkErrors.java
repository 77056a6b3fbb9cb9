package dev.logshipper.client.http;

import dev.logshipper.sink.support.ConnectionVariables;
import dev.logshipper.sink.support.Http1Client;
import dev.logshipper.sink.support.HttpProxy;
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
  /// OkHttp's words for a response to CONNECT; there is no type for it.
  private static final String REJECTED = "Unexpected response code for CONNECT: ";

  private static final String UNAUTHORIZED = "Failed to authenticate with proxy";

  private NetworkErrors() {}

  /// @param handshaking whether TLS was being set up
  /// @param variables that may be the cause
  static String describe(IOException failure, boolean handshaking, ConnectionVariables variables) {
    if (handshaking && !(failure instanceof SSLException)) {
      return Http1Client.describe(Http1Client.closedInHandshake(failure), variables);
    }
    return switch (failure) {
      case UnknownHostException _ -> "unknown host";
      case NoRouteToHostException _ -> "no route to host";
      case ConnectException _ -> "connection refused";
      case SSLException _ -> Http1Client.describe(failure, variables);
      case SocketException _ -> "connection reset";
      case EOFException _ -> "connection closed before a response";
      case ProtocolException _ -> "invalid HTTP response";
      default ->
          failure.getCause() instanceof EOFException
              ? "connection closed before a response"
              : "connection failed";
    };
  }

  /// The complete reason of a failure before the server was reached.
  static String ofProxy(IOException failure, HttpProxy proxy) {
    String message = String.valueOf(failure.getMessage());
    if (message.equals(UNAUTHORIZED)) {
      return Http1Client.describe(proxy.rejected(407));
    }
    return Http1Client.describe(
        message.startsWith(REJECTED)
            ? proxy.rejected(status(message.substring(REJECTED.length())))
            : proxy.unreachable(failure));
  }

  private static int status(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
