package dev.logshipper.sandbox.destination.s3;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Buckets and their objects. For one thread at a time.
final class S3Store {
  private final Map<String, S3Bucket> buckets = new LinkedHashMap<>();

  /// By bucket and key, in the order of writing: an overwritten object comes last.
  private final Map<List<String>, S3Object> objects = new LinkedHashMap<>();

  S3Store(List<S3Bucket> existing) {
    existing.forEach(this::add);
  }

  void add(S3Bucket bucket) {
    buckets.put(bucket.name(), bucket);
  }

  Optional<S3Bucket> bucket(String name) {
    return Optional.ofNullable(buckets.get(name));
  }

  void put(S3Object object) {
    List<String> name = List.of(object.bucket(), object.key());
    objects.remove(name);
    objects.put(name, object);
  }

  Optional<S3Object> object(String bucket, String key) {
    return Optional.ofNullable(objects.get(List.of(bucket, key)));
  }

  /// All of them, in the order of writing.
  List<S3Object> objects() {
    return new ArrayList<>(objects.values());
  }

  /// The objects of one bucket, by key.
  SortedMap<String, S3Object> objects(String bucket) {
    SortedMap<String, S3Object> sorted = new TreeMap<>();
    for (S3Object object : objects.values()) {
      if (object.bucket().equals(bucket)) {
        sorted.put(object.key(), object);
      }
    }
    return sorted;
  }
}
