package dev.logshipper.config;

/// Something wrong with a variable, for a person: what was wrong, what was expected, what is in
/// force now. Never holds the value of a secret.
///
/// @param variable the name of the variable as the user wrote it
/// @param message the whole sentence, the variable's name included
public record Problem(String variable, String message) {}
