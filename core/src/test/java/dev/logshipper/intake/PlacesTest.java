package dev.logshipper.intake;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.testkit.Wait;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final int ALL = Places.SHARED_BYTES_MAX;
  private static final int OWN = Places.OWN_BYTES;

  private final Places places = new Places();

  @Test
  void whoAsksForMemoryGetsItFromWhoHasNeverBroughtAnything() throws Exception {
    Places.Place platform = holding(ALL / 2, 2);
    Places.Place useless = holding(ALL / 4, 0);
    Places.Place smaller = holding(ALL / 8, 0);
    Thread asker = taking(admitted(), ALL / 4);
    Wait.parked(asker);
    assertThat(areGone(platform, useless, smaller)).containsExactly(false, true, false);
    useless.leave();
    Wait.end(asker);
  }

  @Test
  void ofThoseWhoHaveBroughtSomethingTheLargestGoes() throws Exception {
    Places.Place platform = holding(ALL / 4, 1);
    Places.Place stranger = holding(ALL / 2, 2);
    Places.Place another = holding(ALL / 8, 3);
    Thread asker = taking(admitted(), ALL / 2);
    Wait.parked(asker);
    assertThat(areGone(platform, stranger, another)).containsExactly(false, true, false);
    stranger.leave();
    Wait.end(asker);
  }

  @Test
  void whoHoldsNoMoreThanItsPlaceHasRoomForStaysWhenMemoryIsShort() throws Exception {
    Places.Place idle = admitted();
    Places.Place small = holding(0, 0);
    Places.Place holder = holding(ALL, 5);
    Places.Place another = holding(0, 0);
    Thread asker = taking(admitted(), 1);
    Wait.parked(asker);
    assertThat(areGone(idle, small, holder, another)).containsExactly(false, false, true, false);
    holder.leave();
    Wait.end(asker);
  }

  @Test
  void memoryOfADeliveryThatIsBeingHandledIsWaitedFor() throws Exception {
    Places.Place handled = holding(ALL / 2, 0);
    Places.Place platform = holding(ALL / 2, 0);
    handled.beginHandling();
    Thread asker = taking(admitted(), ALL / 2);
    Wait.parked(asker);
    handled.giveBack(OWN + ALL / 2);
    Wait.end(asker);
    assertThat(areGone(handled, platform)).containsExactly(false, false);
  }

  @Test
  void oneWhoWaitsForMemoryCanBeTheOneToGo() throws Exception {
    Places.Place first = holding(ALL / 2, 0);
    Places.Place handled = holding(ALL / 2, 0);
    handled.beginHandling();
    AtomicReference<IOException> thrown = new AtomicReference<>();
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              try {
                first.take(ALL / 2 + 1);
              } catch (IOException e) {
                thrown.set(e);
                first.leave();
              }
            });
    Wait.parked(waiting);
    Thread asker = taking(admitted(), ALL / 2 + 1);
    Wait.parked(asker);
    handled.giveBack(OWN + ALL / 2);
    handled.endHandling(1);
    Wait.end(waiting);
    Wait.end(asker);
    assertThat(thrown.get()).isInstanceOf(SocketException.class);
  }

  @Test
  void whatWasGivenBackIsThereForOthers() throws Exception {
    Places.Place place = holding(ALL, 0);
    place.giveBack(OWN + ALL);
    Places.Place other = holding(ALL, 0);
    other.leave();
    assertThat(areGone(place, other, holding(ALL, 0))).containsExactly(false, false, false);
  }

  @Test
  void whoComesGetsThePlaceOfTheLeastUsefulWhoHasBeenThereLongest() throws Exception {
    List<Places.Place> all = new ArrayList<>();
    for (int i = 0; i < Places.COUNT_MAX; i++) {
      all.add(holding(i, i == 0 ? 1 : 0));
    }
    Thread coming = Thread.ofPlatform().start(this::admitted);
    Wait.parked(coming);
    assertThat(areGone(all.get(0), all.get(1), all.get(2))).containsExactly(false, true, false);
    all.get(1).leave();
    Wait.end(coming);
  }

  @Test
  void aPlaceWhereADeliveryIsBeingHandledIsWaitedFor() throws Exception {
    List<Places.Place> all = new ArrayList<>();
    for (int i = 0; i < Places.COUNT_MAX; i++) {
      all.add(admitted());
      all.get(i).beginHandling();
    }
    Thread coming = Thread.ofPlatform().start(this::admitted);
    Wait.parked(coming);
    all.get(3).endHandling(1);
    all.get(4).endHandling(0);
    Wait.until(() -> all.get(4).socket().isClosed() || all.get(3).socket().isClosed());
    assertThat(areGone(all.get(2), all.get(5))).containsExactly(false, false);
    all.forEach(Places.Place::leave);
    Wait.end(coming);
  }

  @Test
  void whatNobodyWouldHearOfIsNotHandled() throws Exception {
    Places.Place place = holding(ALL, 0);
    Thread asker = taking(admitted(), 1);
    Wait.parked(asker);
    assertThatThrownBy(place::beginHandling).isInstanceOf(SocketException.class);
    place.leave();
    Wait.end(asker);
  }

  @Test
  void nobodyIsAdmittedAfterTheEnd() throws Exception {
    Places.Place place = admitted();
    places.close();
    assertThat(areGone(place)).containsExactly(true);
    assertThat(places.admit(new Socket())).isNull();
  }

  private Places.Place admitted() {
    return requireNonNull(places.admit(new Socket()));
  }

  private Places.Place holding(int bytes, long usefulDelivery) throws IOException {
    Places.Place place = admitted();
    place.take(OWN + bytes);
    place.endHandling(usefulDelivery);
    return place;
  }

  private static Thread taking(Places.Place place, int bytes) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            place.take(OWN + bytes);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static List<Boolean> areGone(Places.Place... places) {
    List<Boolean> gone = new ArrayList<>();
    for (Places.Place place : places) {
      gone.add(place.socket().isClosed());
    }
    return gone;
  }
}
