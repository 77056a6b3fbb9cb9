package dev.logshipper.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text of a variable that refers to secrets: a reference, or a list such as
/// `name=value,name=value` with references as values. Immutable.
final class SecretTemplate {
  private final List<Item> items;

  /// @param prefix the text before the reference; the whole item if there is none
  private record Item(String prefix, @Nullable SecretReference reference) {}

  private SecretTemplate(List<Item> items) {
    this.items = List.copyOf(items);
  }

  /// Reads the text of a variable.
  ///
  /// @return null if it refers to nothing
  static @Nullable SecretTemplate of(String text) {
    String stripped = text.strip();
    if (SecretReference.isArn(stripped)) {
      SecretReference whole = SecretReference.parse(stripped);
      return whole == null ? null : new SecretTemplate(List.of(new Item("", whole)));
    }
    List<Item> items = new ArrayList<>();
    boolean refers = false;
    for (String item : text.split(",", -1)) {
      int value = item.indexOf('=') + 1;
      SecretReference reference =
          value == 0 ? null : SecretReference.parse(item.substring(value).strip());
      refers |= reference != null;
      items.add(new Item(reference == null ? item : item.substring(0, value), reference));
    }
    return refers ? new SecretTemplate(items) : null;
  }

  /// Whether a text, or a value of a list, is the ARN of something that no reference can name.
  static boolean isUnusable(String text) {
    if (SecretReference.isArn(text.strip())) {
      return SecretReference.parse(text.strip()) == null;
    }
    for (String item : text.split(",", -1)) {
      String value = item.substring(item.indexOf('=') + 1).strip();
      if (SecretReference.isDamaged(value)) {
        return true;
      }
    }
    return false;
  }

  /// All references, in order.
  List<SecretReference> references() {
    List<SecretReference> references = new ArrayList<>();
    for (Item item : items) {
      if (item.reference != null) {
        references.add(item.reference);
      }
    }
    return references;
  }

  /// The text with the secrets in place of the references.
  ///
  /// @param secrets one for each reference
  /// @throws SecretUnavailable when a secret would be more than one item of the list
  String resolve(Map<SecretReference, String> secrets) throws SecretUnavailable {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      text.append(i == 0 ? "" : ",").append(item.prefix);
      if (item.reference != null) {
        String secret = secrets.getOrDefault(item.reference, "");
        if (!item.prefix.isEmpty() && secret.indexOf(',') >= 0) {
          throw new SecretUnavailable(
              "the secret has a comma, which a value of a list cannot have");
        }
        text.append(secret);
      }
    }
    return text.toString();
  }
}
