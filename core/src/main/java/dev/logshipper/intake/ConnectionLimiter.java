package dev.logshipper.intake;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Limits the number of connections to the listener, and the bytes that their bodies occupy. Only
/// processes of this environment can connect, and any of them could kill this one (SECURITY.md):
/// the limits keep a misbehaving one from exhausting memory or threads, and no more.
///
/// At a limit, one connection is closed for another: the one idle for longest that has never
/// delivered an event. A delivery being handled is never disturbed. Thread-safe.
final class ConnectionLimiter {
  /// The platform has one connection or two.
  static final int CONNECTIONS_MAX = 16;

  /// Not counted: a small delivery always fits.
  static final int OWN_BYTES = RequestBody.FIRST_BYTES;

  /// The largest body while it grows, with the half from which it is copied, and a typical
  /// delivery.
  static final int SHARED_BYTES_MAX = RequestBody.BYTES_MAX + RequestBody.BYTES_MAX * 3 / 4;

  /// Idle for longest first.
  private final List<Slot> slots = new ArrayList<>();

  private boolean closed;

  /// One connection. Guarded by the limiter's lock.
  final class Slot {
    private final Socket socket;
    private int bytes;
    private boolean delivered;
    private boolean handling;

    private Slot(Socket socket) {
      this.socket = socket;
    }

    Socket socket() {
      return socket;
    }

    /// Reserves memory for the body.
    ///
    /// @return false when there is none
    /// @throws SocketException when the connection was closed for another
    boolean reserve(int more) throws SocketException {
      synchronized (ConnectionLimiter.this) {
        touch(this);
        while (!fits(this, more)) {
          Slot victim = victim(this, true);
          if (victim == null) {
            return false;
          }
          victim.evict();
        }
        bytes += more;
        return true;
      }
    }

    void release(int fewer) {
      synchronized (ConnectionLimiter.this) {
        bytes -= fewer;
      }
    }

    /// From here on the connection is not closed for another.
    ///
    /// @throws SocketException when it was: the peer would not see the response
    void beginHandling() throws SocketException {
      synchronized (ConnectionLimiter.this) {
        touch(this);
        handling = true;
      }
    }

    /// @param hadEvents whether the delivery contained any event
    void endHandling(boolean hadEvents) {
      synchronized (ConnectionLimiter.this) {
        handling = false;
        delivered |= hadEvents;
      }
    }

    /// Frees the slot.
    void free() {
      synchronized (ConnectionLimiter.this) {
        slots.remove(this);
      }
    }

    private void evict() {
      slots.remove(this);
      try {
        socket.close();
      } catch (IOException _) {
        // It is gone either way.
      }
    }
  }

  /// Admits a connection.
  ///
  /// @return null when all others are handling deliveries, or after [#close]
  synchronized @Nullable Slot admit(Socket socket) {
    if (slots.size() >= CONNECTIONS_MAX) {
      Slot victim = victim(null, false);
      if (victim != null) {
        victim.evict();
      }
    }
    if (closed || slots.size() >= CONNECTIONS_MAX) {
      return null;
    }
    Slot slot = new Slot(socket);
    slots.add(slot);
    return slot;
  }

  /// Closes all connections and admits no more.
  synchronized void close() {
    closed = true;
    while (!slots.isEmpty()) {
      slots.getLast().evict();
    }
  }

  /// The bytes reserved now, in all.
  synchronized int reservedBytes() {
    int sum = 0;
    for (Slot slot : slots) {
      sum += slot.bytes;
    }
    return sum;
  }

  private void touch(Slot slot) throws SocketException {
    if (!slots.remove(slot)) {
      throw new SocketException("closed for another connection");
    }
    slots.add(slot);
  }

  private boolean fits(Slot asking, int more) {
    int shared = Math.max(0, asking.bytes + more - OWN_BYTES);
    for (Slot slot : slots) {
      shared += slot == asking ? 0 : Math.max(0, slot.bytes - OWN_BYTES);
    }
    return shared <= SHARED_BYTES_MAX;
  }

  /// @param forMemory whether only connections that occupy shared memory help; a connection that
  ///   has delivered is not closed for it
  private @Nullable Slot victim(@Nullable Slot except, boolean forMemory) {
    Slot fallback = null;
    for (Slot slot : slots) {
      boolean helps = slot != except && !slot.handling;
      if (helps && !slot.delivered && (!forMemory || slot.bytes > OWN_BYTES)) {
        return slot;
      }
      if (helps && fallback == null) {
        fallback = slot;
      }
    }
    return forMemory ? null : fallback;
  }
}
