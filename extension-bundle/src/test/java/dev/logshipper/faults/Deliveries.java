package dev.logshipper.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The lines of one run, numbered in the order of writing, and their delivery.
///
/// @param written number of lines written
/// @param arrived their numbers, in the order in which a reader of the destination sees them
/// @param stored number of records of any kind at the destination
/// @param ledger the extension's ledger lines for this sink, of all environments in order; empty
///   when it was killed before it printed one
/// @param deaths number of processes that died, each with its ledger
/// @param heldMillisMax longest delay of an invocation after the function was done
record Deliveries(
    int written,
    List<Integer> arrived,
    int stored,
    String ledger,
    int deaths,
    double heldMillisMax) {

  Deliveries {
    arrived = List.copyOf(arrived);
  }

  /// The numbers of those that never arrived.
  List<Integer> lost() {
    Set<Integer> there = new HashSet<>(arrived);
    List<Integer> lost = new ArrayList<>();
    for (int number = 1; number <= written; number++) {
      if (!there.contains(number)) {
        lost.add(number);
      }
    }
    return lost;
  }

  /// The numbers of those that arrived again.
  List<Integer> doubled() {
    Set<Integer> seen = new HashSet<>();
    return arrived.stream().filter(number -> !seen.add(number)).toList();
  }

  /// The numbers of those that arrived, without repetitions.
  List<Integer> firstArrivals() {
    return arrived.stream().distinct().toList();
  }

  /// Records that the ledger reports as dropped, undelivered, dropped by the platform, or
  /// malformed.
  long counted() {
    return number("dropped")
        + number("left_behind")
        + number("platform_dropped")
        + number("malformed");
  }

  /// One number of the ledger, summed up over environments; 0 when there is none.
  long number(String name) {
    long sum = 0;
    for (String pair : ledger.split(" ", -1)) {
      if (pair.startsWith(name + "=")) {
        sum += Long.parseLong(pair.substring(name.length() + 1));
      }
    }
    return sum;
  }
}
