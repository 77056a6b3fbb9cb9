package dev.logshipper.client.http;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// An HTTP/2 server whose window fits many batches, so that only the kernel makes a client wait. It
/// responds 200 to each request (RFC 9113, as much as that needs).
final class LargeWindowServer implements AutoCloseable {
  private static final int PREFACE_BYTES = 24;
  private static final int WINDOW_BYTES = 1 << 30;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int WINDOW_UPDATE = 8;
  private static final int FLAG_ACK = 1;
  private static final int FLAG_END_STREAM = 1;
  private static final int FLAG_END_HEADERS = 4;

  /// `:status: 200` in HPACK's static table.
  private static final byte[] STATUS_200 = {(byte) 0x88};

  private final SSLServerSocket listener;
  private final AtomicInteger requests = new AtomicInteger();

  LargeWindowServer(SSLContext tls) throws IOException {
    listener =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SSLParameters parameters = listener.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    listener.setSSLParameters(parameters);
    Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        SSLSocket socket = (SSLSocket) listener.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      in.skipNBytes(PREFACE_BYTES);
      byte[] window = ByteBuffer.allocate(6).putShort((short) 4).putInt(WINDOW_BYTES).array();
      send(out, SETTINGS, 0, 0, window);
      send(out, WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(WINDOW_BYTES).array());
      while (true) {
        int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        in.skipNBytes(length);
        if (type == SETTINGS && (flags & FLAG_ACK) == 0) {
          send(out, SETTINGS, FLAG_ACK, 0, new byte[0]);
        }
        if ((type == DATA || type == HEADERS) && (flags & FLAG_END_STREAM) != 0) {
          requests.incrementAndGet();
          send(out, HEADERS, FLAG_END_STREAM | FLAG_END_HEADERS, stream, STATUS_200);
        }
      }
    } catch (IOException _) {
      // The client has closed the connection.
    }
  }

  private static void send(OutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.putShort((short) (payload.length >> 8)).put((byte) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    out.write(frame.array());
    out.flush();
  }
}
