// Dropout whose choices are a hash of (key, index): no state, any order, any batch.

/// A 32-bit mixing function without visible bias: "lowbias32" of Chris Wellons's hash-prospector, public domain.
static inline uint32_t mixed(uint32_t x) {
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= x >> 15;
    x *= 0x846ca68bU;
    x ^= x >> 16;
    return x;
}

static void dropout(size_t count, uint64_t key, float rate, const float *x, float *out) {
    uint32_t low = (uint32_t)key;
    uint32_t high = (uint32_t)(key >> 32);
    // Compared with 24 bits, which a float holds exactly.
    uint32_t threshold = (uint32_t)(rate * 16777216.0f);
    float factor = 1.0f / (1.0f - rate);
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = mixed(mixed((uint32_t)i + low) ^ high);
        out[i] = (bits >> 8) < threshold ? 0 : x[i] * factor;
    }
}
