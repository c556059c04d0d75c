// The exponential function, as straight-line code that the compiler can vectorise.
#include <stdint.h>
#include <string.h>

static inline float float_from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline uint32_t bits_of_float(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/// exp(x) within 2 units in the last place; 0 below -104, infinity above 89, NaN for NaN.
///
/// x = n ln 2 + r with |r| <= ln 2 / 2 (Cody and Waite's two-part ln 2), a polynomial of degree 6 in r (the Taylor
/// series, whose remainder there is 1.2e-7 of the last term kept), and 2^n as a product of two powers, so that
/// subnormal results and results next to the largest float come out right.
static inline float exponential(float x) {
    x = x < -104.0f ? -104.0f : x;
    x = x > 89.0f ? 89.0f : x;
    // Adding 1.5 * 2^23 leaves the nearest integer in the low bits.
    const float rounder = 12582912.0f;
    float shifted = x * 1.44269504088896341f + rounder;
    float n = shifted - rounder;
    float r = x - n * 0.693359375f;
    r = r + n * 2.12194440e-4f;
    float p = 1.0f / 5040.0f;
    p = p * r + 1.0f / 720.0f;
    p = p * r + 1.0f / 120.0f;
    p = p * r + 1.0f / 24.0f;
    p = p * r + 1.0f / 6.0f;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    int32_t exponent = (int32_t)(bits_of_float(shifted) - bits_of_float(rounder));
    int32_t half = exponent >> 1;
    float first = float_from_bits((uint32_t)(half + 127) << 23);
    float second = float_from_bits((uint32_t)(exponent - half + 127) << 23);
    return p * first * second;
}

static float exponentials(size_t count, float shift, float *a) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        a[i] = exponential(a[i] - shift);
    }
    return sum_of(count, a);
}
