/* Counts what the process asks the allocator for. Linked into settle-bench only. */
#ifndef C_ALLOCATIONS_H
#define C_ALLOCATIONS_H

#include <stdint.h>

/* Blocks asked for since the process began, on all threads; -1 where a sanitizer owns the allocator. */
int64_t allocations_so_far(void);

#endif
