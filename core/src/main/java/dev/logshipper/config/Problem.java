package dev.logshipper.config;

/// A problem with a variable, for the user: the problem, the accepted texts, the value in effect.
/// Never contains the value of a secret.
///
/// @param variable the name of the variable as the user wrote it
/// @param message the whole sentence, including the variable's name
public record Problem(String variable, String message) {}
