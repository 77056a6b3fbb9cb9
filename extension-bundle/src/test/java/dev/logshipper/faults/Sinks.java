package dev.logshipper.faults;

import dev.logshipper.bundle.BundledSink;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/// A test that runs once for each sink that ships, or for those with one library.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ParameterizedTest
@ArgumentsSource(Sinks.Provider.class)
@interface Sinks {

  /// The library of the sinks that it runs for; empty for all.
  String client() default "";

  /// The sinks by their names.
  final class Provider implements ArgumentsProvider, AnnotationConsumer<Sinks> {
    private String client = "";

    @Override
    public void accept(Sinks sinks) {
      client = sinks.client();
    }

    @Override
    public Stream<Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      return BundledSink.ALL.stream()
          .filter(sink -> client.isEmpty() || sink.client().equals(client))
          .map(sink -> Arguments.of(Named.of(sink.mode(), sink)));
    }
  }
}
