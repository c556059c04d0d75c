// Half precision to single precision, exactly, for all 65,536 values.

static void widen_f16(size_t count, const uint16_t *halves, float *out) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        uint32_t magnitude = (uint32_t)(halves[i] & 0x7fffU) << 13;
        // The multiplication moves the exponent from bias 15 to bias 127 and normalises subnormal values.
        uint32_t finite = bits_of_float(float_from_bits(magnitude) * 0x1p112f);
        // An exponent of all ones (infinity, NaN) stays one.
        uint32_t bits = magnitude >= 0x0f800000U ? magnitude | 0x7f800000U : finite;
        out[i] = float_from_bits(bits | (uint32_t)(halves[i] & 0x8000U) << 16);
    }
}

static void widen_bf16(size_t count, const uint16_t *halves, float *out) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        out[i] = float_from_bits((uint32_t)halves[i] << 16);
    }
}
