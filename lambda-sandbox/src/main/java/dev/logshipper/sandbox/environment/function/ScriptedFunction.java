package dev.logshipper.sandbox.environment.function;

/// A function inside the sandbox's own JVM, for fast tests.
@FunctionalInterface
public interface ScriptedFunction {

  /// Handles one invocation. On return the response is `null` unless [Invocation#respond] was
  /// called; an exception is an error response, after which the runtime goes on.
  ///
  /// @throws Exception the function's own error
  void handle(Invocation invocation) throws Exception;
}
