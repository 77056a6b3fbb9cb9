// System calls of Linux on x86-64 and aarch64, because the launcher has no C library. A negative result is an error number.
#ifndef SYSTEM_H
#define SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
enum {
  SYS_READ = 0, SYS_WRITE = 1, SYS_CLOSE = 3, SYS_RT_SIGACTION = 13, SYS_SOCKET = 41, SYS_CONNECT = 42, SYS_SENDTO = 44,
  SYS_BIND = 49, SYS_LISTEN = 50, SYS_GETSOCKNAME = 51, SYS_SETSOCKOPT = 54, SYS_CLONE = 56, SYS_EXECVE = 59, SYS_WAIT4 = 61,
  SYS_FCNTL = 72, SYS_GETDENTS64 = 217, SYS_CLOCK_GETTIME = 228, SYS_EXIT_GROUP = 231, SYS_OPENAT = 257, SYS_READLINKAT = 267,
  SYS_PPOLL = 271, SYS_DUP3 = 292, SYS_PIPE2 = 293,
};

static inline long call(long number, long a, long b, long c, long d, long e, long f) {
  long result;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)
enum {
  SYS_DUP3 = 24, SYS_FCNTL = 25, SYS_OPENAT = 56, SYS_CLOSE = 57, SYS_PIPE2 = 59, SYS_GETDENTS64 = 61, SYS_READ = 63,
  SYS_WRITE = 64, SYS_PPOLL = 73, SYS_READLINKAT = 78, SYS_EXIT_GROUP = 94, SYS_CLOCK_GETTIME = 113, SYS_RT_SIGACTION = 134,
  SYS_SOCKET = 198, SYS_BIND = 200, SYS_LISTEN = 201, SYS_CONNECT = 203, SYS_GETSOCKNAME = 204, SYS_SENDTO = 206,
  SYS_SETSOCKOPT = 208, SYS_CLONE = 220, SYS_EXECVE = 221, SYS_WAIT4 = 260,
};

static inline long call(long number, long a, long b, long c, long d, long e, long f) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return x0;
}

#else
#error "Lambda runs on x86-64 and aarch64"
#endif

enum { ENOENT = 2, EINTR = 4 };

enum {
  STANDARD_INPUT = 0, STANDARD_OUTPUT = 1, STANDARD_ERROR = 2,
  HERE = -100, // the working directory, for calls that take a directory
  O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_CLOEXEC = 02000000,
  F_DUPFD_CLOEXEC = 1030,
  POLLIN = 1,
};

struct time { long seconds, nanoseconds; };

enum clock { CLOCK_REALTIME = 0, CLOCK_MONOTONIC = 1 };

static inline long open_file(const char *path, long flags) { return call(SYS_OPENAT, HERE, (long)path, flags, 0, 0, 0); }

static inline void close_file(long file) { call(SYS_CLOSE, file, 0, 0, 0, 0, 0); }

static inline long read_file(long file, void *to, size_t bytes) {
  long count;
  do count = call(SYS_READ, file, (long)to, (long)bytes, 0, 0, 0);
  while (count == -EINTR);
  return count;
}

// Waits until the file has data, has reached its end or has failed; false after the time.
static inline bool is_readable_within(long file, long milliseconds) {
  struct { int file; short wanted, got; } poll = {(int)file, POLLIN, 0};
  struct time time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  return call(SYS_PPOLL, (long)&poll, 1, (long)&time, 0, 8, 0) > 0;
}

static inline struct time now(enum clock clock) {
  struct time time = {0, 0};
  call(SYS_CLOCK_GETTIME, clock, (long)&time, 0, 0, 0, 0);
  return time;
}

_Noreturn static inline void leave(int status) {
  for (;;) call(SYS_EXIT_GROUP, status, 0, 0, 0, 0, 0);
}

#endif
