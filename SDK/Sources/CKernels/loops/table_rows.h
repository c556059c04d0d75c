// Products of a few rows with the rows of a large table, such as a vocabulary. A product of matrices copies the table to
// an order of its own first, which for few rows takes longer than the product; these loops read it once, where it is.

/// Floats that are computed together. The includer says how many fit into a register.
typedef float lanes __attribute__((vector_size(4 * SONDE_KERNELS_LANES), aligned(4)));
static const size_t lane_count = SONDE_KERNELS_LANES;

/// Rows of a block: its sums, for four rows of the table or four vectors of columns, stay in registers.
static const size_t block_rows = SONDE_KERNELS_LANES == 16 ? 4 : 2;

static inline float sum_of_lanes(lanes values) {
    float sum = 0;
    for (size_t lane = 0; lane < lane_count; lane++) {
        sum += values[lane];
    }
    return sum;
}

__attribute__((always_inline)) static inline void
table_products_block(size_t rows, size_t count, size_t width, const float *a, const float *table, size_t stride, float *out) {
    lanes sums[4][4];
    for (size_t row = 0; row < rows; row++) {
        for (size_t t = 0; t < count; t++) {
            sums[row][t] = (lanes) {0};
        }
    }
    size_t i = 0;
    for (; i + lane_count <= width; i += lane_count) {
        lanes entries[4];
        for (size_t t = 0; t < count; t++) {
            entries[t] = *(const lanes *)(table + t * width + i);
        }
        for (size_t row = 0; row < rows; row++) {
            lanes x = *(const lanes *)(a + row * width + i);
            for (size_t t = 0; t < count; t++) {
                sums[row][t] += x * entries[t];
            }
        }
    }
    for (size_t row = 0; row < rows; row++) {
        for (size_t t = 0; t < count; t++) {
            float rest = dot(width - i, a + row * width + i, table + t * width + i);
            out[row * stride + t] = sum_of_lanes(sums[row][t]) + rest;
        }
    }
}

__attribute__((always_inline)) static inline void
table_products_rows(size_t rows, size_t count, size_t width, const float *a, const float *table, size_t stride, float *out) {
    size_t row = 0;
    for (; row + block_rows <= rows; row += block_rows) {
        table_products_block(block_rows, count, width, a + row * width, table, stride, out + row * stride);
    }
    for (; row < rows; row++) {
        table_products_block(1, count, width, a + row * width, table, stride, out + row * stride);
    }
}

static void table_products(size_t rows, size_t count, size_t width, const float *a, const float *table, size_t stride,
                           float *out) {
    size_t t = 0;
    for (; t + 4 <= count; t += 4) {
        table_products_rows(rows, 4, width, a, table + t * width, stride, out + t);
    }
    for (; t < count; t++) {
        table_products_rows(rows, 1, width, a, table + t * width, stride, out + t);
    }
}

__attribute__((always_inline)) static inline void
weighted_sums_block(size_t rows, size_t vectors, size_t count, size_t width, size_t stride, const float *weights,
                    const float *table, float *sums) {
    lanes totals[4][4];
    for (size_t row = 0; row < rows; row++) {
        for (size_t v = 0; v < vectors; v++) {
            totals[row][v] = *(const lanes *)(sums + row * width + v * lane_count);
        }
    }
    for (size_t t = 0; t < count; t++) {
        lanes entries[4];
        for (size_t v = 0; v < vectors; v++) {
            entries[v] = *(const lanes *)(table + t * width + v * lane_count);
        }
        for (size_t row = 0; row < rows; row++) {
            float weight = weights[row * stride + t];
            for (size_t v = 0; v < vectors; v++) {
                totals[row][v] += weight * entries[v];
            }
        }
    }
    for (size_t row = 0; row < rows; row++) {
        for (size_t v = 0; v < vectors; v++) {
            *(lanes *)(sums + row * width + v * lane_count) = totals[row][v];
        }
    }
}

__attribute__((always_inline)) static inline void
weighted_sums_columns(size_t rows, size_t vectors, size_t count, size_t width, size_t stride, const float *weights,
                      const float *table, float *sums) {
    size_t row = 0;
    for (; row + block_rows <= rows; row += block_rows) {
        weighted_sums_block(block_rows, vectors, count, width, stride, weights + row * stride, table, sums + row * width);
    }
    for (; row < rows; row++) {
        weighted_sums_block(1, vectors, count, width, stride, weights + row * stride, table, sums + row * width);
    }
}

static void weighted_sums(size_t rows, size_t count, size_t width, size_t stride, const float *weights,
                          const float *table, float *sums) {
    size_t i = 0;
    for (; i + 4 * lane_count <= width; i += 4 * lane_count) {
        weighted_sums_columns(rows, 4, count, width, stride, weights, table + i, sums + i);
    }
    for (; i + lane_count <= width; i += lane_count) {
        weighted_sums_columns(rows, 1, count, width, stride, weights, table + i, sums + i);
    }
    for (size_t row = 0; row < rows && i < width; row++) {
        for (size_t t = 0; t < count; t++) {
            scale_add(width - i, weights[row * stride + t], table + t * width + i, sums + row * width + i);
        }
    }
}
