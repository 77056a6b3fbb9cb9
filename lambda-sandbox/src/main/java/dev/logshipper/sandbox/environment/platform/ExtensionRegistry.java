package dev.logshipper.sandbox.environment.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The extensions of one environment, by their identifier. Used under the environment's monitor.
final class ExtensionRegistry {

  private static final int EXTENSIONS_MAX = 10;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Set<String> externalNames;
  private final Set<String> knownEvents;
  private final Map<String, RegisteredExtension> byId = new LinkedHashMap<>();
  private boolean closedForInternal;

  /// @param externalNames the files of the extensions folder
  /// @param knownEvents the events that exist
  ExtensionRegistry(Set<String> externalNames, Set<String> knownEvents) {
    this.externalNames = Set.copyOf(externalNames);
    this.knownEvents = Set.copyOf(knownEvents);
  }

  Collection<RegisteredExtension> all() {
    return byId.values();
  }

  @Nullable RegisteredExtension named(String name) {
    return all().stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  boolean allExternalRegistered() {
    return externalNames.stream().allMatch(name -> named(name) != null);
  }

  boolean allIdle() {
    return all().stream().allMatch(RegisteredExtension::isIdle);
  }

  void closeForInternal() {
    closedForInternal = true;
  }

  RegisteredExtension register(String name, String body) {
    if (name.isEmpty()) {
      throw Rejection.forbidden("Extension.InvalidExtensionName", "Empty extension name");
    }
    Set<String> events = requestedEvents(body);
    boolean external = externalNames.contains(name);
    for (String event : events) {
      expectAllowed(event, external);
    }
    if (named(name) != null) {
      throw Rejection.forbidden(
          "Extension.InvalidExtensionState",
          "State transition from Registered to Registered failed for extension " + name);
    }
    if (!external && closedForInternal) {
      throw Rejection.forbidden("Extension.RegistrationClosed", "Registration is closed");
    }
    if (byId.size() >= EXTENSIONS_MAX) {
      throw Rejection.forbidden(
          "Extension.TooManyExtensions", "Extension limit (" + EXTENSIONS_MAX + ") reached");
    }
    RegisteredExtension extension = new RegisteredExtension(name, events);
    byId.put(extension.id(), extension);
    return extension;
  }

  RegisteredExtension identified(String id) {
    if (id.isEmpty()) {
      throw Rejection.forbidden(
          "Extension.MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header");
    }
    if (!isUuid(id)) {
      throw Rejection.forbidden(
          "Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier");
    }
    RegisteredExtension extension = byId.get(id);
    if (extension == null) {
      throw Rejection.forbidden("Extension.UnknownExtensionIdentifier", "Unknown extension " + id);
    }
    return extension;
  }

  private void expectAllowed(String event, boolean external) {
    if (!knownEvents.contains(event)) {
      throw Rejection.forbidden("Extension.InvalidEventType", event + ": ErrorInvalidEventType");
    }
    if (!external && event.equals("SHUTDOWN")) {
      throw Rejection.forbidden(
          "Extension.InvalidEventType", "SHUTDOWN: ShutdownEventNotSupportedForInternalExtension");
    }
  }

  private static Set<String> requestedEvents(String body) {
    Set<String> events = new LinkedHashSet<>();
    try {
      JsonNode request = JSON.readTree(body);
      if (!request.isObject() || !request.path("configurationKeys").isEmpty()) {
        throw Rejection.forbidden(
            "InvalidRequestFormat", "Not an object, or with the deprecated configurationKeys");
      }
      request.path("events").forEach(event -> events.add(event.asText()));
    } catch (JsonProcessingException e) {
      throw Rejection.forbidden("InvalidRequestFormat", e.getOriginalMessage());
    }
    return events;
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
