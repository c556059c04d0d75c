/// The elementwise loops of a transformer that must be vectorised.
///
/// Every loop is written once (loops/) and compiled for several instruction sets; `sonde_kernels` gives the table of one of them.
/// All matrices are row-major float32. `count`, `rows` and `width` may be 0. Pointers need no alignment.
/// Unless a comment says otherwise an output may be the same memory as an input, but may not overlap it partly.
/// No function allocates, reads global state or keeps a pointer.
#ifndef SONDE_KERNELS_H
#define SONDE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// The instruction sets that the loops are compiled for, slowest first.
typedef enum __attribute__((enum_extensibility(closed))) {
    sonde_kernel_level_plain = 0,
    sonde_kernel_level_avx2 = 1,
    sonde_kernel_level_avx512 = 2,
} sonde_kernel_level;

/// Which keys the rows of a block of attention scores see: row `i` sees the first `first_visible + i * visible_step`.
typedef struct {
    size_t rows;
    /// Distance between two rows of scores, in floats.
    size_t stride;
    /// Columns of the block; those beyond the visible ones are set to 0.
    size_t columns;
    size_t first_visible;
    /// 1 in causal attention, 0 in bidirectional attention.
    size_t visible_step;
    /// Factor of the raw scores, usually 1 / sqrt(head width).
    float scale;
} sonde_attention_block;

/// One set of loops.
typedef struct {
    // Vectors.

    /// out[i] = a[i] + b[i]
    void (*add)(size_t count, const float *a, const float *b, float *out);
    /// out[i] = a[i] * b[i]
    void (*multiply)(size_t count, const float *a, const float *b, float *out);
    /// out[i] += a[i] * b[i]
    void (*multiply_add)(size_t count, const float *a, const float *b, float *out);
    /// out[i] = factor * a[i]
    void (*scale)(size_t count, float factor, const float *a, float *out);
    /// out[i] += factor * a[i]
    void (*scale_add)(size_t count, float factor, const float *a, float *out);
    /// The largest value; minus infinity when count is 0.
    float (*maximum)(size_t count, const float *a);
    /// The sum of a[i] * b[i].
    float (*dot)(size_t count, const float *a, const float *b);
    /// a[i] = exp(a[i] - shift); returns their sum.
    float (*exponentials)(size_t count, float shift, float *a);

    // A few rows and a table of `count` rows of the same width; `stride` is the distance between two rows of products or
    // weights, in floats.

    /// out[row][t] = the product of row `row` of a and row t of the table.
    void (*table_products)(size_t rows, size_t count, size_t width, const float *a, const float *table, size_t stride,
                           float *out);
    /// Row `row` of sums += the sum over t of weights[row][t] times row t of the table.
    void (*weighted_sums)(size_t rows, size_t count, size_t width, size_t stride, const float *weights,
                          const float *table, float *sums);

    // Rows.

    /// Every row of out = bias; 0 without a bias.
    void (*fill_rows)(size_t rows, size_t width, const float *_Nullable bias, float *out);
    /// Every row of out = the row of a + bias.
    void (*add_bias)(size_t rows, size_t width, const float *bias, const float *a, float *out);
    /// out[width] += the sum of the rows of a.
    void (*add_column_sums)(size_t rows, size_t width, const float *a, float *out);

    // Normalisation. `mean` and `reciprocal` (1 / standard deviation) have one entry a row.

    /// out = (x - mean) * reciprocal * weight + bias, with the biased variance plus epsilon under the root.
    void (*layer_norm)(size_t rows, size_t width, float epsilon, const float *x, const float *weight,
                       const float *_Nullable bias, float *out, float *mean, float *reciprocal);
    /// dx += the gradient with respect to x of layer_norm, given that of its output. dx may not be dout.
    void (*layer_norm_backward)(size_t rows, size_t width, const float *x, const float *weight, const float *mean,
                                const float *reciprocal, const float *dout, float *dx);
    /// dweight += the gradient with respect to the weight of layer_norm.
    void (*layer_norm_weight_backward)(size_t rows, size_t width, const float *x, const float *mean,
                                       const float *reciprocal, const float *dout, float *dweight);
    /// out = x * reciprocal * weight, reciprocal = 1 / root of (mean of squares + epsilon).
    void (*rms_norm)(size_t rows, size_t width, float epsilon, const float *x, const float *weight, float *out,
                     float *reciprocal);
    /// dx += the gradient with respect to x of rms_norm. dx may not be dout.
    void (*rms_norm_backward)(size_t rows, size_t width, const float *x, const float *weight, const float *reciprocal,
                              const float *dout, float *dx);
    /// dweight += the gradient with respect to the weight of rms_norm.
    void (*rms_norm_weight_backward)(size_t rows, size_t width, const float *x, const float *reciprocal,
                                     const float *dout, float *dweight);

    // Activations; the backward loops give dx = dout * derivative at x.

    /// GELU in its tanh form (Hendrycks and Gimpel 2016, arXiv:1606.08415).
    void (*gelu_tanh)(size_t count, const float *x, float *out);
    void (*gelu_tanh_backward)(size_t count, const float *x, const float *dout, float *dx);
    /// GELU in its exact form, x times the normal distribution function.
    void (*gelu_erf)(size_t count, const float *x, float *out);
    void (*gelu_erf_backward)(size_t count, const float *x, const float *dout, float *dx);
    void (*relu)(size_t count, const float *x, float *out);
    void (*relu_backward)(size_t count, const float *x, const float *dout, float *dx);

    // Attention.

    /// Turns raw scores into probabilities, in place: softmax over the visible columns of scale * score + bias.
    /// The bias of row i and column j is bias[j - i]; row i of the block reads bias[-i] to bias[visible - 1 - i].
    void (*softmax)(const sonde_attention_block *block, const float *_Nullable bias, float *scores);
    /// Turns the gradient of the probabilities, in place, into that of the raw scores.
    void (*softmax_backward)(const sonde_attention_block *block, const float *probabilities, float *gradient);

    // Dropout.

    /// out[i] = x[i] / (1 - rate), or 0 with probability `rate`, decided by a hash of (key, i) alone.
    void (*dropout)(size_t count, uint64_t key, float rate, const float *x, float *out);

    // Widening to float32, exact.

    void (*widen_f16)(size_t count, const uint16_t *halves, float *out);
    void (*widen_bf16)(size_t count, const uint16_t *halves, float *out);
} sonde_kernels;

/// The fastest level that this processor and operating system support.
sonde_kernel_level sonde_kernel_level_supported(void);

/// The loops of the fastest level that this processor supports.
const sonde_kernels *sonde_kernels_fastest(void);

/// The loops of a level, or NULL where the processor lacks it.
const sonde_kernels *_Nullable sonde_kernels_at(sonde_kernel_level level);

#pragma clang assume_nonnull end

#endif
