/// Redaction: finds values such as card numbers, addresses and keys in a record and replaces them.
@NullMarked
package dev.logshipper.redact;

import org.jspecify.annotations.NullMarked;
