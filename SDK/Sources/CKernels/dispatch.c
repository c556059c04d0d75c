#include "kernels.h"

extern const sonde_kernels sonde_kernels_plain;

#if defined(__x86_64__)
extern const sonde_kernels sonde_kernels_avx2;
extern const sonde_kernels sonde_kernels_avx512;

sonde_kernel_level sonde_kernel_level_supported(void) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma")) {
        return sonde_kernel_level_avx512;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return sonde_kernel_level_avx2;
    }
    return sonde_kernel_level_plain;
}

const sonde_kernels *sonde_kernels_at(sonde_kernel_level level) {
    if (level > sonde_kernel_level_supported()) {
        return NULL;
    }
    switch (level) {
    case sonde_kernel_level_plain: return &sonde_kernels_plain;
    case sonde_kernel_level_avx2: return &sonde_kernels_avx2;
    case sonde_kernel_level_avx512: return &sonde_kernels_avx512;
    }
    return NULL;
}

#else

sonde_kernel_level sonde_kernel_level_supported(void) {
    return sonde_kernel_level_plain;
}

const sonde_kernels *sonde_kernels_at(sonde_kernel_level level) {
    return level == sonde_kernel_level_plain ? &sonde_kernels_plain : NULL;
}

#endif

const sonde_kernels *sonde_kernels_fastest(void) {
    const sonde_kernels *kernels = sonde_kernels_at(sonde_kernel_level_supported());
    return kernels ? kernels : &sonde_kernels_plain;
}
