// Text with a bound.
#ifndef TEXT_H
#define TEXT_H

#include "system.h"

// A text that grows up to its limit; the excess is cut off. Always ends with a zero byte.
struct text {
  char *bytes;
  size_t length;
  size_t limit;   // bytes of memory, the zero byte included
  bool truncated;
};

// Declares an empty one.
#define TEXT(name, size) char name##_bytes[size] = ""; struct text name = {name##_bytes, 0, size, false}

size_t length_of(const char *text);
bool is_same(const char *a, const char *b);
bool starts_with(const char *text, const char *prefix);
bool contains(const char *text, const char *part);

// Compares letters of ASCII in any case.
bool is_same_ignoring_case(const char *text, const char *lower);

// The number of bytes before the delimiter, or of all.
size_t length_before(const char *text, char delimiter);

// The last occurrence, or null.
const char *last_of(const char *text, char wanted);

char lower_case(char c);
void clear(struct text *text);
void add(struct text *text, const char *more);
void add_bytes(struct text *text, const char *more, size_t length);
void add_number(struct text *text, unsigned long number);

// Parses a number of decimal digits only, up to a maximum; -1 for anything else.
long number_of(const char *digits, size_t length, long maximum);

// Prints one line to standard error: the words up to a null, after "log-shipper: ". Control characters become spaces.
void print_line(const char *first, ...);

#endif
