// Included once per instruction set: all loops, and the table of them under the name SONDE_KERNELS_NAME.
// SONDE_KERNELS_LANES is the number of floats in a register.
#include "vectors.h"

#include "exponential.h"

#include "activations.h"
#include "attention.h"
#include "dropout.h"
#include "normalisation.h"
#include "table_rows.h"
#include "widening.h"

const sonde_kernels SONDE_KERNELS_NAME = {
    .add = add,
    .multiply = multiply,
    .multiply_add = multiply_add,
    .scale = scale,
    .scale_add = scale_add,
    .maximum = maximum,
    .dot = dot,
    .exponentials = exponentials,
    .table_products = table_products,
    .weighted_sums = weighted_sums,
    .fill_rows = fill_rows,
    .add_bias = add_bias,
    .add_column_sums = add_column_sums,
    .layer_norm = layer_norm,
    .layer_norm_backward = layer_norm_backward,
    .layer_norm_weight_backward = layer_norm_weight_backward,
    .rms_norm = rms_norm,
    .rms_norm_backward = rms_norm_backward,
    .rms_norm_weight_backward = rms_norm_weight_backward,
    .gelu_tanh = gelu_tanh,
    .gelu_tanh_backward = gelu_tanh_backward,
    .gelu_erf = gelu_erf,
    .gelu_erf_backward = gelu_erf_backward,
    .relu = relu,
    .relu_backward = relu_backward,
    .softmax = softmax,
    .softmax_backward = softmax_backward,
    .dropout = dropout,
    .widen_f16 = widen_f16,
    .widen_bf16 = widen_bf16,
};
