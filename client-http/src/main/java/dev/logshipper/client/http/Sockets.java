package dev.logshipper.client.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/// The TCP sockets of a transport, with `TCP_NODELAY`: OkHttp writes a body in several pieces, and
/// with Nagle's algorithm the last one waits for the peer's delayed acknowledgement, 40 ms of every
/// invocation. Thread-safe.
///
/// OkHttp does not close the socket of an HTTP/2 connection while a thread is stuck writing to it,
/// so this class does. Nor does OkHttp notice bytes that wait on an unused connection; the counts
/// show them.
final class Sockets extends SocketFactory {
  private final List<Socket> open = new ArrayList<>();
  private final AtomicLong bytesRead = new AtomicLong();

  @Override
  public synchronized Socket createSocket() throws IOException {
    open.removeIf(Socket::isClosed);
    Socket socket = new CountingSocket(bytesRead);
    socket.setTcpNoDelay(true);
    open.add(socket);
    return socket;
  }

  /// Closes all of them, which ends every wait of any thread on any of them.
  synchronized void closeAll() {
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException _) {
        // It is gone either way.
      }
    }
    open.clear();
  }

  /// Whether a peer has sent bytes that nothing has read.
  synchronized boolean haveUnreadBytes() {
    for (Socket socket : open) {
      try {
        if (socket.isConnected() && !socket.isClosed() && socket.getInputStream().available() > 0) {
          return true;
        }
      } catch (IOException _) {
        // It is of no use anyway.
      }
    }
    return false;
  }

  /// The number of bytes read from all of them so far.
  long bytesRead() {
    return bytesRead.get();
  }

  private static final class CountingSocket extends Socket {
    private final AtomicLong bytesRead;

    CountingSocket(AtomicLong bytesRead) {
      this.bytesRead = bytesRead;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new CountingStream(super.getInputStream(), bytesRead);
    }
  }

  private static final class CountingStream extends FilterInputStream {
    private final AtomicLong bytesRead;

    CountingStream(InputStream in, AtomicLong bytesRead) {
      super(in);
      this.bytesRead = bytesRead;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      if (next >= 0) {
        bytesRead.incrementAndGet();
      }
      return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      bytesRead.addAndGet(Math.max(count, 0));
      return count;
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("OkHttp connects sockets itself");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException("OkHttp connects sockets itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("OkHttp connects sockets itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException("OkHttp connects sockets itself");
  }
}
