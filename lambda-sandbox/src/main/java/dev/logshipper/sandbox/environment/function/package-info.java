/// The function of an environment: a Java lambda, or a program that speaks the Runtime API.
@NullMarked
package dev.logshipper.sandbox.environment.function;

import org.jspecify.annotations.NullMarked;
