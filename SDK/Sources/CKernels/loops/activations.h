// The non-linearities of feed-forward layers.

// 0.5 (1 + tanh u) is the logistic function of 2u, which loses nothing to cancellation.
static const float two_root_two_over_pi = 1.59576912160573071f;
static const float cubic = 0.044715f;

static void gelu_tanh(size_t count, const float *x, float *out) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        float u = two_root_two_over_pi * x[i] * (1.0f + cubic * x[i] * x[i]);
        out[i] = x[i] / (1.0f + exponential(-u));
    }
}

static void gelu_tanh_backward(size_t count, const float *x, const float *dout, float *dx) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        float square = x[i] * x[i];
        float u = two_root_two_over_pi * x[i] * (1.0f + cubic * square);
        float slope = two_root_two_over_pi * (1.0f + 3.0f * cubic * square);
        // Beyond 80 the logistic function is flat in float32, and the clamp keeps infinity out of the product.
        u = u < -80.0f ? -80.0f : u;
        float e = exponential(-u);
        float logistic = 1.0f / (1.0f + e);
        dx[i] = dout[i] * (logistic + x[i] * slope * logistic * (e * logistic));
    }
}

/// The normal distribution function, within 1e-7, and its density times root(2 pi), exp(-x^2 / 2).
/// Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26.
static inline float normal_distribution(float x, float density) {
    float z = fabsf(x) * 0.70710678118654752f;
    float t = 1.0f / (1.0f + 0.3275911f * z);
    float p = 1.061405429f;
    p = p * t - 1.453152027f;
    p = p * t + 1.421413741f;
    p = p * t - 0.284496736f;
    p = p * t + 0.254829592f;
    float tail = 0.5f * p * t * density;
    return x < 0 ? tail : 1.0f - tail;
}

static void gelu_erf(size_t count, const float *x, float *out) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        out[i] = x[i] * normal_distribution(x[i], exponential(-0.5f * x[i] * x[i]));
    }
}

static void gelu_erf_backward(size_t count, const float *x, const float *dout, float *dx) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        float density = exponential(-0.5f * x[i] * x[i]);
        float slope = normal_distribution(x[i], density) + x[i] * density * 0.39894228040143268f;
        dx[i] = dout[i] * slope;
    }
}

static void relu(size_t count, const float *x, float *out) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        out[i] = x[i] > 0 ? x[i] : 0;
    }
}

static void relu_backward(size_t count, const float *x, const float *dout, float *dx) {
    EACH_ALONE
    for (size_t i = 0; i < count; i++) {
        dx[i] = x[i] > 0 ? dout[i] : 0;
    }
}
