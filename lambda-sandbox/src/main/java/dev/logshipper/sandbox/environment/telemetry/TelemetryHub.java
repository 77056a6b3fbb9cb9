package dev.logshipper.sandbox.environment.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.environment.timeline.Journal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Distributes all events of an environment to its subscribers.
///
/// Subscriptions are possible during init only. A new subscriber gets all events since init began;
/// after a reset it gets the events that its predecessor has not acknowledged. Safe for use by
/// several threads.
public final class TelemetryHub implements AutoCloseable {

  /// The events that wait for the successor of a subscriber that was killed.
  private record Unacknowledged(Subscription subscription, EventBuffer buffer) {

    void offer(TelemetryEvent event) {
      if (subscription.wants(event)) {
        buffer.add(event);
      }
    }
  }

  private final SubscriptionRules rules;
  private final DeliveryRules delivery;
  private final Journal journal;
  private final Gate gate = new Gate();
  private final Map<String, Subscriber> subscribers = new HashMap<>();
  private final Map<String, Unacknowledged> unacknowledged = new HashMap<>();
  private final List<TelemetryEvent> sinceInit = new ArrayList<>();
  private final Queue<DroppedEvent> dropped = new ConcurrentLinkedQueue<>();
  private List<TelemetryEvent> lastInit = List.of();
  private boolean open;

  /// Creates a hub without subscribers, thawed, with subscriptions closed.
  public TelemetryHub(SubscriptionRules rules, DeliveryRules delivery, Journal journal) {
    this.rules = rules;
    this.delivery = delivery;
    this.journal = journal;
  }

  /// Begins an init: extensions may subscribe.
  public synchronized void openSubscriptions() {
    open = true;
    sinceInit.clear();
  }

  /// Ends an init: it is too late to subscribe.
  public synchronized void closeSubscriptions() {
    open = false;
    lastInit = sinceInit.stream().filter(each -> each.type().startsWith("platform.init")).toList();
    sinceInit.clear();
  }

  /// Passes on the platform's events of the last init again, as they were.
  public synchronized void repeatInit() {
    lastInit.forEach(this::publish);
  }

  /// Passes on an event.
  public synchronized void publish(TelemetryEvent event) {
    if (open) {
      sinceInit.add(event);
    }
    subscribers.values().forEach(subscriber -> subscriber.offer(event));
    unacknowledged.values().forEach(waiting -> waiting.offer(event));
  }

  /// Whether that API exists on this platform.
  public boolean offers(TelemetryApi api) {
    return api == TelemetryApi.LOGS ? rules.logsApi() : rules.telemetryApi();
  }

  /// Whether subscriptions are accepted but nothing is ever delivered.
  public boolean isStub() {
    return rules.stub();
  }

  /// The stub's response.
  public SubscriptionResult stubResult(TelemetryApi api) {
    return new SubscriptionResult(
        202, api.label() + ".NotSupported", api.label() + " API is not supported");
  }

  /// Subscribes a registered extension.
  public synchronized SubscriptionResult subscribe(
      TelemetryApi api, String extension, String body) {
    if (!open) {
      return new SubscriptionResult(
          403, api.label() + ".SubscriptionClosed", api.label() + " API subscription is closed");
    }
    Subscription subscription;
    try {
      subscription = new SubscriptionParser(api, rules).parse(body);
    } catch (InvalidSubscription e) {
      return new SubscriptionResult(400, api.validationErrorType(), String.valueOf(e.getMessage()));
    }
    Subscriber existing = subscribers.get(extension);
    if (existing != null) {
      return existing.subscription().api() == api
          ? SubscriptionResult.OK
          : new SubscriptionResult(
              400, api.validationErrorType(), "already subscribed to the other API");
    }
    subscribers.put(extension, subscriber(extension, subscription));
    journal.note(
        "telemetry.subscribed",
        Map.of("name", extension, "destination", subscription.destination().toString()));
    publish(subscribed(extension, subscription));
    return SubscriptionResult.OK;
  }

  private Subscriber subscriber(String extension, Subscription subscription) {
    Unacknowledged waiting = unacknowledged.remove(extension);
    EventBuffer buffer =
        waiting == null
            ? new EventBuffer(
                delivery.bufferBytesMax(), event -> dropped.add(DroppedEvent.of(extension, event)))
            : waiting.buffer();
    Subscriber subscriber =
        new Subscriber(extension, subscription, buffer, gate, delivery, journal);
    if (waiting == null) {
      sinceInit.forEach(subscriber::offer);
    }
    return subscriber;
  }

  private static TelemetryEvent subscribed(String extension, Subscription subscription) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("name", extension).put("state", "Subscribed");
    subscription.types().forEach(event.putArray("types")::add);
    return TelemetryEvent.ofJson(subscription.api().subscriptionEvent(), event.toString());
  }

  /// Deliveries go on.
  public void thaw() {
    gate.open();
  }

  /// No delivery starts until [#thaw()].
  public void freeze() {
    gate.close();
  }

  /// Delivers the buffered events regardless of the subscriptions' limits.
  public synchronized void flush() {
    subscribers.values().forEach(subscriber -> subscriber.buffer().flush());
  }

  /// Waits until all subscribers have acknowledged all events.
  public boolean awaitDelivered(long millisMax) throws InterruptedException {
    for (Subscriber subscriber : currentSubscribers()) {
      if (!subscriber.buffer().awaitEmpty(millisMax)) {
        return false;
      }
    }
    return true;
  }

  /// Delivers a body as it is to the only subscriber and returns its status.
  ///
  /// @throws IllegalStateException unless there is exactly one subscriber and the environment is
  ///   thawed
  public int deliverRaw(byte[] body) throws IOException, InterruptedException {
    return onlySubscriber().deliverRaw(body);
  }

  /// Delivers a part of a body, on a new connection.
  ///
  /// @throws IllegalStateException unless there is exactly one subscriber and the environment is
  ///   thawed
  public PartialDelivery beginDelivery(byte[] body, int bytes) throws IOException {
    return onlySubscriber().beginDelivery(body, bytes);
  }

  private Subscriber onlySubscriber() {
    List<Subscriber> all = currentSubscribers();
    if (all.size() != 1 || !gate.isOpen()) {
      throw new IllegalStateException(
          all.size() + " subscribers, " + (gate.isOpen() ? "thawed" : "frozen"));
    }
    return all.getFirst();
  }

  /// [System#nanoTime()] of the first delivery that an extension accepted.
  public synchronized OptionalLong firstAcceptedNanos(String extension) {
    @Nullable Subscriber subscriber = subscribers.get(extension);
    return subscriber == null || subscriber.firstAcceptedNanos() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(subscriber.firstAcceptedNanos());
  }

  /// Ends all subscribers after their processes; unacknowledged events are kept for their
  /// successors.
  public synchronized void dropSubscribers() {
    subscribers.forEach((extension, subscriber) -> {
      subscriber.close();
      unacknowledged.put(
          extension, new Unacknowledged(subscriber.subscription(), subscriber.buffer()));
    });
    subscribers.clear();
  }

  /// Every event dropped so far, reported to the subscriber or not.
  public List<DroppedEvent> dropped() {
    return List.copyOf(dropped);
  }

  /// Ends all deliveries.
  @Override
  public void close() {
    dropSubscribers();
  }

  private synchronized List<Subscriber> currentSubscribers() {
    return List.copyOf(subscribers.values());
  }
}
