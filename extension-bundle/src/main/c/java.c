#include "java.h"

#include "environment.h"
#include "state.h"

enum {
  PATH_BYTES_MAX = 4096,
  ARGUMENTS_MAX = 24,
  CLONE_VM = 0x100, CLONE_VFORK = 0x4000, SIGCHLD = 17, SIGPIPE = 13,
  NO_PROCESS = 255, // the environment has 1,024, which the function may use up: a death like any other
  PROCESSOR_OFFSET = 18, X86_64 = 0x3e, AARCH64 = 0xb7, // e_machine of an ELF file's header
};

#if defined(__x86_64__)
static const char HERE_NAME[] = "x86_64";
#else
static const char HERE_NAME[] = "arm64";
#endif

static void add_program(struct text *path) { add_path(path, "/runtime/bin/java"); }

// A function of its own, because the child uses the memory of its parent, which waits: nothing of the caller's may change.
// Returns only if the program cannot be executed.
static __attribute__((noinline)) long become_java(const struct start *start, const char *program, const char **arguments) {
  struct { void *handler; unsigned long flags; void *restorer; unsigned long mask; } by_default = {0};
  call(SYS_RT_SIGACTION, SIGPIPE, (long)&by_default, 0, 8, 0, 0);
  long nothing = open_file("/dev/null", O_RDWR | O_CLOEXEC);
  call(SYS_DUP3, start->listening_socket < 0 ? nothing : start->listening_socket, STANDARD_INPUT, 0, 0, 0, 0);
  call(SYS_DUP3, start->connection < 0 ? nothing : start->connection, STANDARD_OUTPUT, 0, 0, 0, 0);
  call(SYS_DUP3, start->state_pipe, STATE_DESCRIPTOR, 0, 0, 0, 0);
  return call(SYS_EXECVE, (long)program, (long)arguments, (long)environment(), 0, 0, 0);
}

static long spawn(const struct start *start, const char *program, const char **arguments) {
  long child = call(SYS_CLONE, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0, 0);
  if (child == 0) leave(become_java(start, program, arguments) == -ENOENT ? NOT_FOUND : NOT_EXECUTABLE);
  return child;
}

static int wait_for(long child) {
  int status = 0;
  while (call(SYS_WAIT4, child, (long)&status, 0, 0, 0, 0) == -EINTR) {}
  int signal = status & 0x7f;
  return signal ? 128 + signal : status >> 8 & 0xff;
}

int run_java(const struct start *start) {
  const char *arguments[ARGUMENTS_MAX], **next = arguments;
  TEXT(program, PATH_BYTES_MAX);
  TEXT(sinks, PATH_BYTES_MAX);
  add_program(&program);
  add(&sinks, "-Dlog-shipper.sinks=");
  if (start->with_plugins) add_path(&sinks, "/sinks");
  *next++ = program.bytes;
  for (const char *const *option = start->jvm->options; *option; option++) *next++ = *option;
  *next++ = sinks.bytes;
  *next++ = "-cp";
  *next++ = start->jvm->class_path;
  *next++ = "dev.logshipper.LogShipperExtension";
  *next++ = start->name;
  *next++ = start->identifier;
  *next++ = start->registration;
  *next++ = start->state;
  *next++ = start->connection < 0 ? "own" : "inherited";
  *next++ = start->listening_socket < 0 ? "own" : "inherited";
  *next++ = start->death;
  *next = NULL;
  long child = spawn(start, program.bytes, arguments);
  return child < 0 ? NO_PROCESS : wait_for(child);
}

// The name that AWS uses for the processor of a program, or null.
static const char *processor_of(long program) {
  unsigned char header[PROCESSOR_OFFSET + 2];
  if (read_file(program, header, sizeof header) != sizeof header) return NULL;
  return header[PROCESSOR_OFFSET] == X86_64 ? "x86_64" : header[PROCESSOR_OFFSET] == AARCH64 ? "arm64" : NULL;
}

static void add_all(struct text *text, const char *const *words) {
  for (; *words; words++) add(text, *words);
}

void explain(int status, struct text *reason) {
  TEXT(path, PATH_BYTES_MAX);
  add_program(&path);
  long program = open_file(path.bytes, O_RDONLY | O_CLOEXEC);
  const char *processor = program < 0 ? NULL : processor_of(program);
  close_file(program);
  if (program == -ENOENT) {
    add_all(reason, (const char *[]){"the layer is incomplete: ", path.bytes, " is missing", NULL});
  } else if (processor && !is_same(processor, HERE_NAME)) {
    add_all(reason, (const char *[]){"this is the layer for ", processor, ", but the function runs on ", HERE_NAME,
                                     ": attach the layer for ", HERE_NAME, NULL});
  } else if (status == NOT_FOUND) {
    add(reason, "Java cannot run here: it needs glibc, which this image does not have");
  } else {
    add_all(reason, (const char *[]){"Java cannot run here: ", path.bytes, " is not executable, or damaged", NULL});
  }
}
