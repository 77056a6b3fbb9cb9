// The entry point, and the functions that a compiler may call by itself.

#include "launcher.h"
#include "system.h"

enum { AT_EXECFN = 31 };

void *memcpy(void *to, const void *from, size_t bytes) {
  for (size_t i = 0; i < bytes; i++) ((char *)to)[i] = ((const char *)from)[i];
  return to;
}

void *memset(void *to, int value, size_t bytes) {
  for (size_t i = 0; i < bytes; i++) ((char *)to)[i] = (char)value;
  return to;
}

// The kernel's description of the process: the number of arguments, the arguments, a null, the variables, a null, and pairs
// of which one is the path of the program.
_Noreturn __attribute__((used)) void begin(long *stack) {
  char **arguments = (char **)(stack + 1), **variables = arguments + stack[0] + 1, **end = variables;
  while (*end) end++;
  const char *path = stack[0] ? arguments[0] : "log-shipper";
  for (const unsigned long *pair = (const unsigned long *)(end + 1); pair[0]; pair += 2) {
    if (pair[0] == AT_EXECFN) path = (const char *)pair[1];
  }
  leave(launch(path, variables));
}

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n  xor %ebp, %ebp\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call begin\n");
#else
__asm__(".globl _start\n_start:\n  mov x29, #0\n  mov x30, #0\n  mov x0, sp\n  bl begin\n");
#endif
