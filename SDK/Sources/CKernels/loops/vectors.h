// Loops over vectors, and the sums of products that may be taken in any order.
#include "../include/kernels.h"
#include <math.h>

/// Before a loop: no iteration reads what another one writes, so that it may be vectorised even where an output is the
/// same memory as an input.
#define EACH_ALONE _Pragma("clang loop vectorize(assume_safety)")

static void add(size_t count, const float *a, const float *b, float *out) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        out[i] = a[i] + b[i];
    }
}

static void multiply(size_t count, const float *a, const float *b, float *out) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        out[i] = a[i] * b[i];
    }
}

static void multiply_add(size_t count, const float *a, const float *b, float *out) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        out[i] += a[i] * b[i];
    }
}

static void scale(size_t count, float factor, const float *a, float *out) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        out[i] = factor * a[i];
    }
}

static void scale_add(size_t count, float factor, const float *a, float *out) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        out[i] += factor * a[i];
    }
}

static float maximum(size_t count, const float *a) {
    // Lanes of their own, since a maximum over floats in one variable is not vectorised.
    float lanes[64];
    for (size_t lane = 0; lane < 64; lane++) {
        lanes[lane] = -INFINITY;
    }
    size_t i = 0;
    for (; i + 64 <= count; i += 64) {
        for (size_t lane = 0; lane < 64; lane++) {
            lanes[lane] = a[i + lane] > lanes[lane] ? a[i + lane] : lanes[lane];
        }
    }
    float largest = -INFINITY;
    for (; i < count; i++) {
        largest = a[i] > largest ? a[i] : largest;
    }
    for (size_t lane = 0; lane < 64; lane++) {
        largest = lanes[lane] > largest ? lanes[lane] : largest;
    }
    return largest;
}

static float sum_of(size_t width, const float *x) {
#pragma clang fp reassociate(on)
    float sum = 0;
    for (size_t i = 0; i < width; i++) {
        sum += x[i];
    }
    return sum;
}

static float dot(size_t count, const float *a, const float *b) {
#pragma clang fp reassociate(on)
    float sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static void fill_rows(size_t rows, size_t width, const float *bias, float *out) {
    for (size_t row = 0; row < rows; row++, out += width) {
        EACH_ALONE
        for (size_t i = 0; i < width; i++) {
            out[i] = bias ? bias[i] : 0;
        }
    }
}

static void add_bias(size_t rows, size_t width, const float *bias, const float *a, float *out) {
    for (size_t row = 0; row < rows; row++) {
        add(width, a + row * width, bias, out + row * width);
    }
}

static void add_column_sums(size_t rows, size_t width, const float *a, float *out) {
    for (size_t row = 0; row < rows; row++) {
        add(width, out, a + row * width, out);
    }
}
