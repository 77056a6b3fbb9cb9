package dev.logshipper.sandbox.page;

import dev.logshipper.sandbox.environment.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The lanes of the environment, read from the events of its timeline.
final class EnvironmentLanes {
  private final List<Timeline.Entry> entries;
  private final double end;

  /// @param end of the run, where open bars end
  EnvironmentLanes(List<Timeline.Entry> entries, double end) {
    this.entries = entries;
    this.end = end;
  }

  /// Init, freezes, failures and the shutdown.
  Lane environment() {
    List<Item> items = new ArrayList<>();
    double frozen = -1;
    double shutdown = -1;
    for (Timeline.Entry each : entries) {
      double at = each.millis();
      switch (each.kind()) {
        case "init.ended" -> {
          double begin = Math.max(0, at - number(each, "millis"));
          items.add(new Item(begin, at, "init", "init", details(each)));
        }
        case "restore.ended" -> {
          double begin = Math.max(0, at - number(each, "millis"));
          items.add(new Item(begin, at, "init", "restore", details(each)));
        }
        case "environment.frozen" -> frozen = at;
        case "environment.thawed" -> {
          addFrozen(items, frozen, at);
          frozen = -1;
        }
        case "environment.failed" ->
            items.add(new Item(at, at, "bad", "environment failed", details(each)));
        case "shutdown.began" -> {
          addFrozen(items, frozen, at);
          frozen = -1;
          shutdown = at;
        }
        case "shutdown.ended" ->
            items.add(new Item(Math.max(0, shutdown), at, "shutdown", "shutdown", details(each)));
        default -> {
          // Other lanes show it.
        }
      }
    }
    addFrozen(items, frozen, end);
    return new Lane("Environment", items);
  }

  private static void addFrozen(List<Item> items, double begin, double until) {
    if (begin >= 0) {
      items.add(
          new Item(begin, until, "frozen", "frozen", Map.of("for", Item.millis(until - begin))));
    }
  }

  /// The invocations that ended, in the order of their ends.
  List<InvocationSpan> invocations() {
    List<InvocationSpan> invocations = new ArrayList<>();
    Map<String, Double> began = new LinkedHashMap<>();
    Map<String, Double> responded = new LinkedHashMap<>();
    for (Timeline.Entry each : entries) {
      String id = text(each, "requestId");
      switch (each.kind()) {
        case "invocation.began" -> began.put(id, each.millis());
        case "runtime.responded" -> responded.put(id, each.millis());
        case "invocation.ended" -> {
          double begin = began.getOrDefault(id, each.millis() - number(each, "durationMillis"));
          double until = begin + number(each, "durationMillis");
          double done = Math.min(responded.getOrDefault(id, until), until);
          invocations.add(new InvocationSpan(invocations.size() + 1, begin, done, until, each));
        }
        default -> {
          // Other lanes show it.
        }
      }
    }
    return invocations;
  }

  /// Invocations, from their begin to the end of the function, and then to that of the extensions.
  ///
  /// @param printed times of the function's lines, in milliseconds
  Lane function(List<Double> printed) {
    List<Item> items = new ArrayList<>();
    for (InvocationSpan each : invocations()) {
      Map<String, String> details = details(each.ended());
      details.put("lines", Long.toString(printed.stream().filter(each::contains).count()));
      String kind = text(each.ended(), "status").equals("SUCCESS") ? "run" : "bad";
      String label = "invocation " + each.number();
      items.add(new Item(each.begin(), each.responded(), kind, label, details));
      double held = each.end() - each.responded();
      if (held > 0.005) {
        Map<String, String> length = Map.of("for", Item.millis(held));
        items.add(
            new Item(
                each.responded(), each.end(), "held", "held by extensions after " + label, length));
      }
    }
    return new Lane("Function", items);
  }

  /// One lane for each extension: its start, its work, its messages.
  List<Lane> extensions() {
    Set<String> names = new LinkedHashSet<>();
    for (Timeline.Entry each : entries) {
      if (each.kind().equals("extension.started")) {
        names.add(text(each, "name"));
      }
    }
    return names.stream().map(this::extension).toList();
  }

  private Lane extension(String name) {
    List<Item> items = new ArrayList<>();
    double busySince = -1;
    String work = "";
    for (Timeline.Entry each : entries) {
      double at = each.millis();
      if (each.kind().equals("invocation.began") && busySince < 0) {
        busySince = at;
        work = "at work during an invocation";
      } else if (each.kind().equals("shutdown.began")) {
        busySince = at;
        work = "at work during the shutdown";
      }
      if (!text(each, "name").equals(name)) {
        continue;
      }
      switch (each.kind()) {
        case "extension.started" -> {
          busySince = at;
          work = "starts";
        }
        case "extension.next", "extension.exited" -> {
          if (busySince >= 0) {
            items.add(
                new Item(
                    busySince,
                    at,
                    work.equals("starts") ? "init" : "work",
                    name + " " + work,
                    Map.of("for", Item.millis(at - busySince))));
          }
          busySince = -1;
        }
        case "extension.printed" ->
            items.add(new Item(at, at, "message", "message", Map.of("line", text(each, "line"))));
        default -> {
          // Other lanes show it.
        }
      }
    }
    return new Lane("Extension " + name, items);
  }

  /// One lane for each subscriber: the deliveries of the platform.
  List<Lane> deliveries() {
    Map<String, List<Item>> items = new LinkedHashMap<>();
    Set<String> ended = new LinkedHashSet<>();
    for (Timeline.Entry each : entries) {
      if (each.kind().equals("extension.exited")) {
        ended.add(text(each, "name"));
      } else if (each.kind().equals("extension.started")) {
        ended.remove(text(each, "name"));
      }
      boolean late = each.kind().equals("delivery.failed") && ended.contains(text(each, "name"));
      if (!each.kind().startsWith("delivery") || late) {
        continue;
      }
      double begin = each.millis() - number(each, "millis");
      boolean accepted = each.kind().equals("delivery") && (int) number(each, "status") / 100 == 2;
      String label =
          each.kind().equals("delivery.dropped")
              ? "events dropped"
              : "delivery of " + (int) number(each, "events") + " events";
      items
          .computeIfAbsent(text(each, "name"), name -> new ArrayList<>())
          .add(new Item(begin, each.millis(), accepted ? "delivery" : "bad", label, details(each)));
    }
    return items.entrySet().stream()
        .map(lane -> new Lane("Deliveries to " + lane.getKey(), lane.getValue()))
        .toList();
  }

  private static Map<String, String> details(Timeline.Entry entry) {
    Map<String, String> details = new LinkedHashMap<>();
    entry.details().entrySet().stream()
        .filter(each -> !each.getValue().toString().isEmpty())
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> details.put(name(each.getKey()), shown(each.getValue())));
    return details;
  }

  /// Without the unit, which the value has.
  private static String name(String detail) {
    return detail.equals("millis") ? "duration" : detail.replace("Millis", "");
  }

  private static String shown(Object value) {
    return value instanceof Double millis ? Item.millis(millis) : value.toString();
  }

  private static String text(Timeline.Entry entry, String detail) {
    return entry.details().get(detail) instanceof String text ? text : "";
  }

  private static double number(Timeline.Entry entry, String detail) {
    return entry.details().get(detail) instanceof Number number ? number.doubleValue() : 0;
  }
}
