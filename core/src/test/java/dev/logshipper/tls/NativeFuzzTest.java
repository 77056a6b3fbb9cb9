package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.testkit.TlsKind;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server whose TLS records are damaged on their way. The client must fail or receive exactly the
/// bytes that were sent; a mistake in native code ends the JVM, and with it this test.
@Timeout(120)
class NativeFuzzTest {
  private static final int CONNECTIONS_EACH = 60;
  private static final int REPLY_BYTES = 40_000;

  /// One kind of damage to the records that a server sends.
  enum Damage {
    BIT_FLIPPED {
      @Override
      List<byte[]> apply(byte[] record, Random random) {
        byte[] changed = record.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return List.of(changed);
      }
    },
    TRUNCATED_THEN_NEXT {
      @Override
      List<byte[]> apply(byte[] record, Random random) {
        return List.of(Arrays.copyOf(record, random.nextInt(record.length)));
      }
    },
    LOST {
      @Override
      List<byte[]> apply(byte[] record, Random random) {
        return List.of();
      }
    },
    TWICE {
      @Override
      List<byte[]> apply(byte[] record, Random random) {
        return List.of(record, record);
      }
    },
    GARBAGE_BEFORE {
      @Override
      List<byte[]> apply(byte[] record, Random random) {
        byte[] garbage = new byte[1 + random.nextInt(40_000)];
        random.nextBytes(garbage);
        return List.of(garbage, record);
      }
    },
    OVERSIZED {
      @Override
      List<byte[]> apply(byte[] record, Random random) {
        byte[] longer = Arrays.copyOf(record, 5 + 16_000 + random.nextInt(49_000));
        return List.of(withLength(longer));
      }
    },
    SHORTER {
      @Override
      List<byte[]> apply(byte[] record, Random random) {
        return List.of(withLength(Arrays.copyOf(record, 5 + random.nextInt(record.length - 5))));
      }
    },
    OTHER_TYPE {
      @Override
      List<byte[]> apply(byte[] record, Random random) {
        byte[] changed = record.clone();
        changed[0] = (byte) (20 + random.nextInt(5));
        return List.of(changed);
      }
    },
    RANDOM_RECORDS {
      @Override
      List<byte[]> apply(byte[] record, Random random) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          byte[] made = new byte[5 + random.nextInt(300)];
          random.nextBytes(made);
          made[0] = (byte) (20 + random.nextInt(4));
          made[1] = 3;
          made[2] = 3;
          records.add(withLength(made));
        }
        records.add(record);
        return records;
      }
    },
    EMPTY_RECORDS {
      @Override
      List<byte[]> apply(byte[] record, Random random) {
        byte[] empty = {record[0], 3, 3, 0, 0};
        return List.of(empty, empty, record);
      }
    };

    abstract List<byte[]> apply(byte[] record, Random random);
  }

  private static byte[] withLength(byte[] record) {
    record[3] = (byte) ((record.length - 5) >> 8);
    record[4] = (byte) (record.length - 5);
    return record;
  }

  private LazyTrustManager trusted = TlsServer.trusted();

  @BeforeEach
  void choose() {
    TlsKind.NATIVE.choose();
    trusted = TlsServer.trusted();
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void damagedRecordsAreNeverMistaken(Damage damage) throws Exception {
    Random random = new Random(damage.name().hashCode());
    byte[] reply = new byte[REPLY_BYTES];
    new Random(1).nextBytes(reply);
    int failures = 0;
    try (TlsServer server =
            TlsServer.start(socket -> {
              socket.setSoTimeout(5_000);
              int _ = socket.getInputStream().read();
              socket.getOutputStream().write(reply);
            });
        ServerSocket between = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < CONNECTIONS_EACH; i++) {
        int victim = random.nextInt(9);
        long seed = random.nextLong();
        Thread relay =
            Thread.ofVirtual()
                .start(() -> relay(between, server.port(), damage, victim, new Random(seed)));
        failures += exchange(between.getLocalPort(), reply) ? 0 : 1;
        relay.join();
      }
    }
    assertThat(failures).isPositive();
  }

  /// Whether the whole reply was received.
  private boolean exchange(int port, byte[] reply) {
    try (Socket tcp = new Socket(InetAddress.getLoopbackAddress(), port);
        SSLSocket socket =
            (SSLSocket) trusted.socketFactory().createSocket(tcp, "localhost", port, true)) {
      socket.setSoTimeout(300);
      socket.getOutputStream().write(1);
      byte[] received = new byte[REPLY_BYTES];
      int length = 0;
      int read = 0;
      while (read >= 0 && length < REPLY_BYTES) {
        read = socket.getInputStream().read(received, length, REPLY_BYTES - length);
        length += Math.max(read, 0);
        assertThat(Arrays.mismatch(received, 0, length, reply, 0, length)).isEqualTo(-1);
      }
      return length == REPLY_BYTES;
    } catch (IOException _) {
      return false;
    }
  }

  /// Passes a connection's bytes on, and damages one of the server's records.
  private static void relay(
      ServerSocket between, int port, Damage damage, int victim, Random random) {
    try (Socket client = between.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Thread _ =
          Thread.ofVirtual()
              .start(() -> {
                try (server) {
                  client.getInputStream().transferTo(server.getOutputStream());
                } catch (IOException _) {
                  // One of them has closed.
                }
              });
      OutputStream out = client.getOutputStream();
      DataInputStream in = new DataInputStream(server.getInputStream());
      int index = 0;
      for (byte[] record = next(in); record.length > 0; record = next(in)) {
        for (byte[] each : index == victim ? damage.apply(record, random) : List.of(record)) {
          out.write(each);
        }
        index++;
      }
    } catch (IOException _) {
      // One of them has closed.
    }
  }

  private static byte[] next(DataInputStream in) throws IOException {
    byte[] header = in.readNBytes(5);
    if (header.length < 5) {
      return new byte[0];
    }
    byte[] record = Arrays.copyOf(header, 5 + ((header[3] & 0xff) << 8) + (header[4] & 0xff));
    in.readFully(record, 5, record.length - 5);
    return record;
  }
}
