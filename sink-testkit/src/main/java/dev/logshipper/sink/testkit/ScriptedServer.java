package dev.logshipper.sink.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An HTTP/1.1 server on loopback that answers, and fails, by a script of [Fault]s. What an answer
/// looks like is the matter of its [Protocol]; how a connection fails is the same for all and done
/// here. Thread-safe.
public final class ScriptedServer implements AutoCloseable {
  /// Fast enough that no timeout between two bytes ever strikes.
  private static final int TRICKLE_MILLIS = 20;

  private final Protocol protocol;
  private final ServerSocket listener;
  private final Queue<Fault> script = new ConcurrentLinkedQueue<>();
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final List<Throwable> defects = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger probes = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);

  /// How a destination talks. Called by one thread at a time.
  public interface Protocol {
    /// Judges a request by the destination's own rules, keeps what it carries, acknowledges it.
    HttpResponse accept(HttpRequest request) throws Exception;

    /// Keeps some of it.
    HttpResponse accept(HttpRequest request, Fault.Partial but) throws Exception;

    /// Keeps nothing.
    HttpResponse refuse(HttpRequest request, Fault.Throttle why) throws Exception;

    /// Keeps nothing.
    HttpResponse refuse(HttpRequest request, Fault.Unavailable why) throws Exception;

    /// Keeps nothing.
    HttpResponse refuse(HttpRequest request, Fault.Reject why) throws Exception;

    /// Whether it is an attempt to store something and not a question on the side. Such questions
    /// are accepted whatever the script says, and not counted.
    default boolean isAttempt(HttpRequest request) {
      return true;
    }
  }

  /// Listens on a free port.
  public ScriptedServer(Protocol protocol) throws IOException {
    this.protocol = protocol;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("scripted-server").start(this::accept);
  }

  /// Host and port.
  public String authority() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /// Sets the script, in place of what is left of the one before; a connection is closed at once.
  public void next(Fault... answers) {
    script.clear();
    for (Fault answer : answers) {
      if (answer instanceof Fault.ClosedConnection) {
        connections.forEach(Connection::closeIfIdle);
      } else {
        script.add(answer);
      }
    }
  }

  /// How many requests came whole.
  public int requests() {
    return requests.get();
  }

  /// How many connections were made so far.
  public int connections() {
    // Those that nobody has accepted yet stand in line before this one.
    int probe = probes.incrementAndGet();
    try (Socket last = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      last.getOutputStream().flush();
      Wait.until(() -> connections.stream().anyMatch(c -> c.isOf(last.getLocalPort())));
      return accepted.get() - probe;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        Connection connection = new Connection(socket);
        accepted.incrementAndGet();
        connections.add(connection);
        Thread.ofPlatform().daemon().name("scripted-connection").start(connection::serve);
      }
    } catch (IOException _) {
      // Closed: the test is over.
    }
  }

  /// Closes everything.
  ///
  /// @throws AssertionError when a [Protocol] threw something
  @Override
  public void close() throws IOException {
    over.countDown();
    listener.close();
    for (Connection connection : connections) {
      connection.socket.close();
    }
    for (Throwable defect : defects) {
      throw new AssertionError("the protocol of the scripted server failed", defect);
    }
  }

  private synchronized HttpResponse reply(HttpRequest request, Fault answer) throws IOException {
    try {
      return switch (answer) {
        case Fault.Ok _, Fault.Disconnect _ -> protocol.accept(request);
        case Fault.Partial partial -> protocol.accept(request, partial);
        case Fault.Throttle throttle -> protocol.refuse(request, throttle);
        case Fault.Unavailable unavailable -> protocol.refuse(request, unavailable);
        case Fault.Reject reject -> protocol.refuse(request, reject);
        default -> throw new IllegalArgumentException(answer + " has no reply");
      };
    } catch (Exception | AssertionError e) {
      defects.add(e);
      throw new IOException(e);
    }
  }

  /// One connection, served by one thread.
  private final class Connection {
    private final Socket socket;
    private boolean used;
    private boolean busy;

    Connection(Socket socket) {
      this.socket = socket;
    }

    boolean isOf(int clientPort) {
      return socket.getPort() == clientPort;
    }

    void serve() {
      try (socket) {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = new BufferedOutputStream(socket.getOutputStream());
        HttpRequest request = HttpRequest.read(in, out);
        while (request != null && answer(request, in, out)) {
          request = HttpRequest.read(in, out);
        }
      } catch (IOException | InterruptedException _) {
        // The sink hung up, or the test is over.
      }
    }

    /// Whether the connection goes on.
    private boolean answer(HttpRequest request, InputStream in, OutputStream out)
        throws IOException, InterruptedException {
      begin();
      Fault answer = next(request);
      switch (answer) {
        case Fault.Hang _ -> in.readNBytes(1);
        case Fault.Trickle _ -> trickle(out);
        case Fault.Disconnect _ -> {
          reply(request, answer);
          reset();
        }
        case Fault.DeadConnection _ -> reset();
        default -> {
          end(reply(request, answer), out);
          return !request.header("connection").equalsIgnoreCase("close");
        }
      }
      return false;
    }

    private Fault next(HttpRequest request) {
      if (!protocol.isAttempt(request)) {
        return Faults.OK;
      }
      requests.incrementAndGet();
      Fault answer = script.poll();
      if (answer instanceof Fault.DeadConnection && !used) {
        answer = script.poll();
      }
      return answer == null ? Faults.OK : answer;
    }

    private void trickle(OutputStream out) throws IOException, InterruptedException {
      out.write("HTTP/1.1 200 Fine\r\nX-Trickle: ".getBytes(ISO_8859_1));
      do {
        out.write('x');
        out.flush();
      } while (!over.await(TRICKLE_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void reset() throws IOException {
      // Closing so answers with RST.
      socket.setSoLinger(true, 0);
      socket.close();
    }

    private synchronized void begin() {
      busy = true;
    }

    /// Who sees the reply finds the connection idle.
    private synchronized void end(HttpResponse reply, OutputStream out) throws IOException {
      reply.writeTo(out);
      busy = false;
      used = true;
    }

    synchronized void closeIfIdle() {
      if (busy) {
        return;
      }
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
