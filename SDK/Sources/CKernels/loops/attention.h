// Rows of attention probabilities.

static void softmax(const sonde_attention_block *block, const float *bias, float *scores) {
    size_t visible = block->first_visible;
    for (size_t row = 0; row < block->rows; row++, visible += block->visible_step) {
        float *s = scores + row * block->stride;
        if (bias) {
            const float *b = bias - row;
            EACH_ALONE
            for (size_t i = 0; i < visible; i++) {
                s[i] = s[i] * block->scale + b[i];
            }
        } else {
            scale(visible, block->scale, s, s);
        }
        float sum = exponentials(visible, maximum(visible, s), s);
        scale(visible, 1.0f / sum, s, s);
        EACH_ALONE
        for (size_t i = visible; i < block->columns; i++) {
            s[i] = 0;
        }
    }
}

static void softmax_backward(const sonde_attention_block *block, const float *probabilities, float *gradient) {
    size_t visible = block->first_visible;
    for (size_t row = 0; row < block->rows; row++, visible += block->visible_step) {
        const float *p = probabilities + row * block->stride;
        float *g = gradient + row * block->stride;
        float mean = dot(visible, p, g);
        EACH_ALONE
        for (size_t i = 0; i < visible; i++) {
            g[i] = p[i] * (g[i] - mean) * block->scale;
        }
        EACH_ALONE
        for (size_t i = visible; i < block->columns; i++) {
            g[i] = 0;
        }
    }
}
