package dev.logshipper.sandbox.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A row of the timeline, divided into as many tracks as bars overlap.
record Lane(String name, List<Item> items) {

  Lane {
    items = items.stream().sorted(Comparator.comparingDouble(Item::begin)).toList();
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
    ArrayNode array = json.putArray("items");
    List<Double> ends = new ArrayList<>();
    for (Item item : items) {
      ObjectNode node = array.addObject();
      node.put("s", rounded(item.begin())).put("e", rounded(item.end()));
      node.put("k", item.kind()).put("l", item.label()).put("t", track(item, ends));
      ArrayNode details = node.putArray("d");
      item.details().forEach((key, value) -> details.addArray().add(key).add(value));
    }
    return json.put("tracks", Math.max(1, ends.size()));
  }

  private static int track(Item item, List<Double> ends) {
    for (int i = 0; i < ends.size(); i++) {
      if (ends.get(i) <= item.begin()) {
        ends.set(i, item.end());
        return i;
      }
    }
    ends.add(item.end());
    return ends.size() - 1;
  }

  private static double rounded(double millis) {
    return Math.round(millis * 100) / 100.0;
  }
}
