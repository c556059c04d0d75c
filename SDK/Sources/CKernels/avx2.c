#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define SONDE_KERNELS_NAME sonde_kernels_avx2
#define SONDE_KERNELS_LANES 8
#include "loops/table.h"
#pragma clang attribute pop
#endif
