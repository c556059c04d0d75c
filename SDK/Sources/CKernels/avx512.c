#if defined(__x86_64__)
#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"), min_vector_width(512))), apply_to = function)
#define SONDE_KERNELS_NAME sonde_kernels_avx512
#define SONDE_KERNELS_LANES 16
#include "loops/table.h"
#pragma clang attribute pop
#endif
