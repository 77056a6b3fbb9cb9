package dev.logshipper;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// The signatures that plugins compile against, as text: one line per type, followed by its public
/// and protected members.
final class PublicApi {
  private static final String ROOT = "dev.logshipper.";
  private static final List<String> PACKAGES =
      List.of("config", "sink", "sink.support", "sink.support.text");

  private PublicApi() {}

  static List<String> lines() {
    TreeMap<String, Class<?>> types = new TreeMap<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.logshipper.config", "dev.logshipper.sink")) {
      if (isOpen(type.getPackageName())) {
        Class<?> reflected = type.reflect();
        if (isVisible(reflected)) {
          types.put(reflected.getName(), reflected);
        }
      }
    }
    List<String> lines = new ArrayList<>();
    types.values().forEach(type -> describe(type, lines));
    return lines;
  }

  private static boolean isOpen(String packageName) {
    return packageName.startsWith(ROOT) && PACKAGES.contains(packageName.substring(ROOT.length()));
  }

  private static boolean isVisible(Class<?> type) {
    boolean outer = type.getDeclaringClass() == null || isVisible(type.getDeclaringClass());
    return outer && isVisible(type.getModifiers());
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static void describe(Class<?> type, List<String> lines) {
    lines.add(brief(type.toGenericString() + parents(type)));
    TreeSet<String> members = new TreeSet<>();
    for (Field field : type.getDeclaredFields()) {
      if (isVisible(field.getModifiers())) {
        members.add(field.toGenericString() + constant(field));
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor.getModifiers()) && !type.isRecord()) {
        members.add(constructor.toGenericString().replace(type.getName(), "new"));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isVisible(method.getModifiers()) && !method.isSynthetic() && !isImplied(type, method)) {
        members.add(method.toGenericString());
      }
    }
    if (type.isRecord()) {
      lines.add("  record of " + brief(components(type)));
    }
    members.forEach(member -> lines.add("  " + brief(member.replace(type.getName() + ".", ""))));
  }

  /// Whether a record's components say it already.
  private static boolean isImplied(Class<?> type, Method method) {
    boolean accessor =
        type.isRecord()
            && Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> component.getAccessor().equals(method));
    return accessor || List.of("equals", "hashCode", "toString").contains(method.getName());
  }

  private static String brief(String signature) {
    return signature.replace("java.lang.", "").replace(ROOT, "");
  }

  private static String components(Class<?> type) {
    List<String> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.add(component.getGenericType().getTypeName() + " " + component.getName());
    }
    return String.join(", ", components);
  }

  private static String parents(Class<?> type) {
    List<String> parents = new ArrayList<>();
    if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
      parents.add(type.getGenericSuperclass().getTypeName());
    }
    Arrays.stream(type.getGenericInterfaces()).forEach(i -> parents.add(i.getTypeName()));
    return parents.isEmpty() ? "" : " : " + String.join(", ", parents);
  }

  /// The compiler copies constants into plugins, so their values are part of the API.
  private static String constant(Field field) {
    boolean primitive = field.getType().isPrimitive() || field.getType() == String.class;
    if (!primitive || !Modifier.isStatic(field.getModifiers())) {
      return "";
    }
    try {
      return " = " + field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
