package dev.logshipper.intake;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The places of those who are connected to the listener: a fixed number of them, each with a
/// little memory for a body, and one amount of memory for what all larger bodies need together.
///
/// Whoever comes gets a place, and whoever goes on sending gets memory: one of the others makes
/// room, first those who have never brought an event. For a place the one goes that has been
/// useless for longest, for memory the one that holds most. So nobody can keep the platform out by
/// holding on to something, and the platform is the last to go. A delivery that is being handled is
/// never disturbed; that takes a moment, and who needs its place or its memory waits for it.
///
/// Thread-safe.
final class Places {
  /// The platform has one connection or two.
  static final int COUNT_MAX = 16;

  /// Of a body, what its place has room for: a small delivery is in nobody's way.
  static final int OWN_BYTES = RequestBody.FIRST_BYTES;

  /// The largest body while it grows, with the half from which it is copied, and a usual delivery
  /// beside it: the largest body of a stranger alone costs the platform nothing.
  static final int SHARED_BYTES_MAX = RequestBody.BYTES_MAX + RequestBody.BYTES_MAX * 3 / 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Place> taken = new ArrayList<>();
  private boolean closed;

  /// One peer's place. Its state is guarded by the lock of all.
  final class Place implements RequestBody.Room {
    private final Socket socket;
    private long lastUseful;
    private int bytes;
    private boolean handling;
    private boolean leaving;

    private Place(Socket socket) {
      this.socket = socket;
    }

    Socket socket() {
      return socket;
    }

    @Override
    public void take(int wanted) throws IOException {
      lock.lock();
      try {
        while (!leaving && !isRoomFor(this, wanted)) {
          if (!isMemoryComingBack()) {
            hangUpOn(largestOfUseless(this));
          }
          changed.awaitUninterruptibly();
        }
        if (leaving) {
          throw new SocketException("others needed the place");
        }
        bytes += wanted;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void giveBack(int returned) {
      change(() -> bytes -= returned);
    }

    /// Its body is whole and is going to be handled.
    ///
    /// @throws IOException when it is too late: the peer would not hear that it was handled
    void beginHandling() throws IOException {
      lock.lock();
      try {
        if (leaving) {
          throw new SocketException("others needed the place");
        }
        handling = true;
      } finally {
        lock.unlock();
      }
    }

    /// Its body has been handled.
    ///
    /// @param usefulDelivery number of the last delivery, of anybody, that held events, when this
    ///   is the one; else 0
    void endHandling(long usefulDelivery) {
      change(() -> {
        handling = false;
        lastUseful = Math.max(lastUseful, usefulDelivery);
      });
    }

    /// Is free again, with all that was taken.
    void leave() {
      change(() -> {
        bytes = 0;
        taken.remove(this);
      });
    }

    private int sharedBytes() {
      return Math.max(0, bytes - OWN_BYTES);
    }

    private boolean isRatherToLeaveThan(Place other) {
      boolean isUseful = lastUseful > 0;
      boolean isOtherUseful = other.lastUseful > 0;
      return isUseful == isOtherUseful ? bytes > other.bytes : isOtherUseful;
    }

    private boolean canLeave() {
      return !handling && !leaving;
    }

    /// Ends the connection; the place is free when its thread has noticed.
    private void hangUp() {
      leaving = true;
      try {
        socket.close();
      } catch (IOException _) {
        // Nobody is left to tell.
      }
      changed.signalAll();
    }
  }

  /// A place for one who has come, or null after the end.
  @Nullable Place admit(Socket socket) {
    lock.lock();
    try {
      while (!closed && taken.size() >= COUNT_MAX) {
        if (!isAnyLeaving()) {
          hangUpOn(oldestOfLeastUseful());
        }
        changed.awaitUninterruptibly();
      }
      if (closed) {
        return null;
      }
      Place place = new Place(socket);
      taken.add(place);
      return place;
    } finally {
      lock.unlock();
    }
  }

  /// Ends all connections and admits no more.
  void close() {
    change(() -> {
      closed = true;
      taken.forEach(Place::hangUp);
    });
  }

  private static void hangUpOn(@Nullable Place place) {
    if (place != null) {
      place.hangUp();
    }
  }

  private boolean isAnyLeaving() {
    for (Place place : taken) {
      if (place.leaving) {
        return true;
      }
    }
    return false;
  }

  /// Whether waiting a moment gives some back without hanging up on anybody.
  private boolean isMemoryComingBack() {
    for (Place place : taken) {
      if (place.leaving || (place.handling && place.sharedBytes() > 0)) {
        return true;
      }
    }
    return false;
  }

  private boolean isRoomFor(Place asking, int wanted) {
    int shared = Math.max(0, asking.bytes + wanted - OWN_BYTES);
    for (Place place : taken) {
      shared += place == asking ? 0 : place.sharedBytes();
    }
    return shared <= SHARED_BYTES_MAX;
  }

  /// Of those who have never brought anything, the one that has had the time to.
  private @Nullable Place oldestOfLeastUseful() {
    Place least = null;
    for (Place place : taken) {
      if (place.canLeave() && (least == null || place.lastUseful < least.lastUseful)) {
        least = place;
      }
    }
    return least;
  }

  /// The largest of those who have never brought anything, or else of all. Who brings events may
  /// still be a stranger, and its body is then less like a usual delivery than the platform's.
  private @Nullable Place largestOfUseless(Place except) {
    Place largest = null;
    for (Place place : taken) {
      if (place != except
          && place.canLeave()
          && place.sharedBytes() > 0
          && (largest == null || place.isRatherToLeaveThan(largest))) {
        largest = place;
      }
    }
    return largest;
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
