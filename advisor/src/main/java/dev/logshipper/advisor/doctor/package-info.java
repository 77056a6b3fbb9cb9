/// Checks of a function: its variables, its facts, its destinations.
@NullMarked
package dev.logshipper.advisor.doctor;

import org.jspecify.annotations.NullMarked;
