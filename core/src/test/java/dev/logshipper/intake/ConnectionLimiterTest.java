package dev.logshipper.intake;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.intake.ConnectionLimiter.Slot;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimiterTest {
  private static final int ALL = ConnectionLimiter.SHARED_BYTES_MAX;
  private static final int OWN = ConnectionLimiter.OWN_BYTES;

  private final ConnectionLimiter limiter = new ConnectionLimiter();

  @Test
  void newConnectionReplacesTheOneIdleForLongestThatNeverDelivered() throws Exception {
    List<Slot> all = new ArrayList<>();
    for (int i = 0; i < ConnectionLimiter.CONNECTIONS_MAX; i++) {
      all.add(admitted());
    }
    handled(all.get(0), true);
    handled(all.get(1), false);
    admitted();
    assertThat(areClosed(all.get(0), all.get(1), all.get(2))).containsExactly(false, false, true);
  }

  @Test
  void whenAllHaveDeliveredTheOneIdleForLongestIsReplaced() throws Exception {
    List<Slot> all = new ArrayList<>();
    for (int i = 0; i < ConnectionLimiter.CONNECTIONS_MAX; i++) {
      all.add(admitted());
    }
    for (Slot slot : all.reversed()) {
      handled(slot, true);
    }
    admitted();
    assertThat(areClosed(all.getFirst(), all.getLast())).containsExactly(false, true);
  }

  @Test
  void connectionsWhoseDeliveriesAreHandledAreNotReplaced() throws Exception {
    List<Slot> all = new ArrayList<>();
    for (int i = 0; i < ConnectionLimiter.CONNECTIONS_MAX; i++) {
      all.add(admitted());
      all.get(i).beginHandling();
    }
    assertThat(limiter.admit(new Socket())).isNull();
    all.get(3).endHandling(true);
    admitted();
    assertThat(areClosed(all.get(2), all.get(3), all.get(4))).containsExactly(false, true, false);
  }

  @Test
  void freedSlotIsAvailable() {
    List<Slot> all = new ArrayList<>();
    for (int i = 0; i < ConnectionLimiter.CONNECTIONS_MAX; i++) {
      all.add(admitted());
    }
    all.getLast().free();
    admitted();
    assertThat(areClosed(all.getFirst())).containsExactly(false);
  }

  @Test
  void memoryIsTakenFromTheConnectionIdleForLongestThatNeverDelivered() throws Exception {
    Slot platform = holding(ALL / 2, true);
    Slot small = holding(0, false);
    Slot older = holding(ALL / 4, false);
    Slot newer = holding(ALL / 8, false);
    assertThat(admitted().reserve(OWN + ALL / 4)).isTrue();
    assertThat(areClosed(platform, small, older, newer)).containsExactly(false, false, true, false);
  }

  @Test
  void memoryOfConnectionsThatHaveDeliveredIsNotTaken() throws Exception {
    Slot platform = holding(ALL, true);
    Slot asking = admitted();
    assertThat(asking.reserve(OWN + 1)).isFalse();
    assertThat(asking.reserve(OWN)).isTrue();
    assertThat(areClosed(platform, asking)).containsExactly(false, false);
  }

  @Test
  void memoryOfADeliveryBeingHandledIsNotTaken() throws Exception {
    Slot handled = holding(ALL, false);
    handled.beginHandling();
    assertThat(admitted().reserve(OWN + 1)).isFalse();
    assertThat(areClosed(handled)).containsExactly(false);
  }

  @Test
  void releasedMemoryIsAvailable() throws Exception {
    Slot slot = holding(ALL, true);
    slot.release(OWN + ALL);
    assertThat(limiter.reservedBytes()).isZero();
    assertThat(holding(ALL, true).socket().isClosed()).isFalse();
  }

  @Test
  void aReplacedConnectionIsNotServedAnyMore() throws Exception {
    Slot slot = holding(ALL, false);
    assertThat(admitted().reserve(OWN + 1)).isTrue();
    assertThatThrownBy(slot::beginHandling).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> slot.reserve(1)).isInstanceOf(SocketException.class);
    slot.release(OWN + ALL);
    slot.free();
    assertThat(limiter.reservedBytes()).isEqualTo(OWN + 1);
  }

  @Test
  void nothingIsAdmittedAfterTheEnd() {
    Slot slot = admitted();
    limiter.close();
    assertThat(areClosed(slot)).containsExactly(true);
    assertThat(limiter.admit(new Socket())).isNull();
  }

  private Slot admitted() {
    return requireNonNull(limiter.admit(new Socket()));
  }

  private Slot holding(int bytes, boolean delivered) throws SocketException {
    Slot slot = admitted();
    assertThat(slot.reserve(OWN + bytes)).isTrue();
    slot.endHandling(delivered);
    return slot;
  }

  private static void handled(Slot slot, boolean hadEvents) throws SocketException {
    slot.beginHandling();
    slot.endHandling(hadEvents);
  }

  private static List<Boolean> areClosed(Slot... slots) {
    List<Boolean> closed = new ArrayList<>();
    for (Slot slot : slots) {
      closed.add(slot.socket().isClosed());
    }
    return closed;
  }
}
