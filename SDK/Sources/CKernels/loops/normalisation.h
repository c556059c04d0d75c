// Layer normalisation (Ba, Kiros and Hinton 2016, arXiv:1607.06450) and its form without the mean (Zhang and Sennrich
// 2019, arXiv:1910.07467), forward and backward.
#include <math.h>

static float sum_of_squared_differences(size_t width, const float *x, float centre) {
#pragma clang fp reassociate(on)
    float sum = 0;
    for (size_t i = 0; i < width; i++) {
        sum += (x[i] - centre) * (x[i] - centre);
    }
    return sum;
}

static void layer_norm(size_t rows, size_t width, float epsilon, const float *x, const float *weight,
                       const float *bias, float *out, float *mean, float *reciprocal) {
    for (size_t row = 0; row < rows; row++, x += width, out += width) {
        float centre = sum_of(width, x) / (float)width;
        float variance = sum_of_squared_differences(width, x, centre) / (float)width;
        float factor = 1.0f / sqrtf(variance + epsilon);
        if (bias) {
            EACH_ALONE
            for (size_t i = 0; i < width; i++) {
                out[i] = (x[i] - centre) * factor * weight[i] + bias[i];
            }
        } else {
            EACH_ALONE
            for (size_t i = 0; i < width; i++) {
                out[i] = (x[i] - centre) * factor * weight[i];
            }
        }
        mean[row] = centre;
        reciprocal[row] = factor;
    }
}

/// One row: dx += (g - mean(g) - y * mean(g * y)) * factor, with y the normalised row and g = dout * weight.
static void layer_norm_row_backward(size_t width, const float *x, const float *weight, float centre,
                                    float factor, const float *dout, float *dx) {
    float sum = 0;
    float product = 0;
    {
#pragma clang fp reassociate(on)
        for (size_t i = 0; i < width; i++) {
            float g = dout[i] * weight[i];
            sum += g;
            product += g * (x[i] - centre);
        }
    }
    sum /= (float)width;
    product *= factor * factor / (float)width;
    EACH_ALONE
    for (size_t i = 0; i < width; i++) {
        dx[i] += (dout[i] * weight[i] - sum - (x[i] - centre) * product) * factor;
    }
}

static void layer_norm_backward(size_t rows, size_t width, const float *x, const float *weight, const float *mean,
                                const float *reciprocal, const float *dout, float *dx) {
    for (size_t row = 0; row < rows; row++) {
        size_t start = row * width;
        layer_norm_row_backward(width, x + start, weight, mean[row], reciprocal[row], dout + start, dx + start);
    }
}

static void layer_norm_weight_backward(size_t rows, size_t width, const float *x, const float *mean,
                                       const float *reciprocal, const float *dout, float *dweight) {
    for (size_t row = 0; row < rows; row++, x += width, dout += width) {
        float centre = mean[row];
        float factor = reciprocal[row];
        EACH_ALONE
        for (size_t i = 0; i < width; i++) {
            dweight[i] += dout[i] * (x[i] - centre) * factor;
        }
    }
}

static void rms_norm(size_t rows, size_t width, float epsilon, const float *x, const float *weight, float *out,
                     float *reciprocal) {
    for (size_t row = 0; row < rows; row++, x += width, out += width) {
        float factor = 1.0f / sqrtf(dot(width, x, x) / (float)width + epsilon);
        EACH_ALONE
        for (size_t i = 0; i < width; i++) {
            out[i] = x[i] * factor * weight[i];
        }
        reciprocal[row] = factor;
    }
}

/// One row: dx += (g - y * mean(g * y)) * factor, with y the normalised row and g = dout * weight.
static void rms_norm_row_backward(size_t width, const float *x, const float *weight, float factor,
                                  const float *dout, float *dx) {
    float product = 0;
    {
#pragma clang fp reassociate(on)
        for (size_t i = 0; i < width; i++) {
            product += dout[i] * weight[i] * x[i];
        }
    }
    product *= factor * factor / (float)width;
    EACH_ALONE
    for (size_t i = 0; i < width; i++) {
        dx[i] += (dout[i] * weight[i] - x[i] * product) * factor;
    }
}

static void rms_norm_backward(size_t rows, size_t width, const float *x, const float *weight, const float *reciprocal,
                              const float *dout, float *dx) {
    for (size_t row = 0; row < rows; row++) {
        size_t start = row * width;
        rms_norm_row_backward(width, x + start, weight, reciprocal[row], dout + start, dx + start);
    }
}

static void rms_norm_weight_backward(size_t rows, size_t width, const float *x, const float *reciprocal,
                                     const float *dout, float *dweight) {
    for (size_t row = 0; row < rows; row++, x += width, dout += width) {
        float factor = reciprocal[row];
        EACH_ALONE
        for (size_t i = 0; i < width; i++) {
            dweight[i] += dout[i] * x[i] * factor;
        }
    }
}
