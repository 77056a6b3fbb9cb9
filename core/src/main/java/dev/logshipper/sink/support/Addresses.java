package dev.logshipper.sink.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Connects to a server by any of its addresses, in turn, and remembers which of them worked.
/// Thread-safe.
///
/// An address that rejects the connection, or has no route, costs nothing: the next one follows at
/// once. A silent one costs a short wait; if none responds, the waits become longer, so that a slow
/// network works, too.
final class Addresses {
  /// More than a round trip to the other side of the earth; a SYN that was lost is sent again a
  /// second later, by the kernel or by the next turn.
  static final int SILENCE_MILLIS = 400;

  /// Looks up the addresses of a host.
  @FunctionalInterface
  interface Resolver {
    /// Returns at least one.
    InetAddress[] lookUp(String host) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final int silenceMillis;
  private @Nullable InetAddress good;
  private @Nullable InetAddress bad;

  /// @param silenceMillis how long to wait for an address in the first turn
  Addresses(Resolver resolver, int silenceMillis) {
    this.resolver = resolver;
    this.silenceMillis = silenceMillis;
  }

  /// Connects without a limit in time; cancelling `call` ends it.
  ///
  /// @param proxy the server, if it is one
  Socket connect(String host, int port, @Nullable HttpProxy proxy, Http1Call call)
      throws IOException {
    call.enter("looking up", proxy);
    List<InetAddress> left = inOrder(resolver.lookUp(host));
    call.enter("connecting to", proxy);
    IOException failure = null;
    for (int millis = silenceMillis; !left.isEmpty(); millis *= 2) {
      for (InetAddress address : List.copyOf(left)) {
        try {
          boolean isLast = left.size() == 1;
          return connect(new InetSocketAddress(address, port), isLast ? 0 : millis, call);
        } catch (SocketTimeoutException _) {
          // Another turn, with more time.
        } catch (IOException rejected) {
          failure = failure == null ? rejected : failure;
          left.remove(address);
        }
      }
    }
    throw failure == null ? new UnknownHostException() : failure;
  }

  /// An address took part in a complete exchange, or in a TLS handshake: it is the first to be
  /// tried from now on.
  synchronized void worked(InetAddress address) {
    good = address;
    bad = address.equals(bad) ? null : bad;
  }

  /// An address accepted a connection and failed the first exchange on it: it is the last to be
  /// tried from now on.
  synchronized void failed(InetAddress address) {
    bad = address;
    good = address.equals(good) ? null : good;
  }

  private static Socket connect(InetSocketAddress address, int millis, Http1Call call)
      throws IOException {
    Socket socket = new Socket();
    call.hold(socket);
    try {
      socket.connect(address, millis);
      return socket;
    } catch (IOException failure) {
      Http1Call.close(socket);
      throw failure;
    }
  }

  /// Both families in turn, since all addresses of one may be out of reach.
  private synchronized List<InetAddress> inOrder(InetAddress[] addresses) {
    List<InetAddress> first = new ArrayList<>();
    List<InetAddress> second = new ArrayList<>();
    for (InetAddress address : addresses) {
      (address.getClass() == addresses[0].getClass() ? first : second).add(address);
    }
    List<InetAddress> ordered = new ArrayList<>(addresses.length);
    for (int i = 0; i < addresses.length; i++) {
      if (i < first.size()) {
        ordered.add(first.get(i));
      }
      if (i < second.size()) {
        ordered.add(second.get(i));
      }
    }
    if (good != null && ordered.remove(good)) {
      ordered.addFirst(good);
    }
    if (bad != null && ordered.remove(bad)) {
      ordered.addLast(bad);
    }
    return ordered;
  }
}
