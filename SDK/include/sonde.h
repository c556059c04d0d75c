/* sonde.h: the contract between Sonde and its plugins.
 *
 * One C11 header without dependencies (C++ reads it too). A plugin is a shared library that exports one function,
 * sonde_plugin_main, and describes there what it brings: models, datasets, probes and metrics.
 *
 * Order of calls
 *
 *     sonde_plugin_main -> create -> (calls)* -> destroy
 *
 * A component says who it is (id, summary, descriptor, options) without being created. A library is read for the first
 * time in a child process, and is never unloaded.
 *
 * Rules of ownership
 *   1. What is passed in is borrowed for the call; a plugin copies what it keeps.
 *   2. What is returned by pointer stays its owner's until the object that it came from is destroyed, or until the
 *      next call on that object where the function's comment says so.
 *   3. Strings and token ids are handed over through a sink, which copies them at once.
 *   4. Nobody frees another's memory.
 *
 * Rules of growth
 *   - Structs that begin with struct_size grow at their end and nowhere else. The writer sets struct_size to the size
 *     that it was compiled with; the reader reads a field only if struct_size covers it (SONDE_HAS). A function that
 *     was added later may be NULL.
 *   - Element structs (sonde_text, sonde_tensor, sonde_column, sonde_row_layout, sonde_edit_receipt, the sinks) have no
 *     struct_size and never change.
 *   - Numbers of enumerations are never reused. Ids (of plugins, components, sites, stacks) never change.
 *   - What may come later is looked up by a string id: get_extension, on both sides.
 *
 * Threads
 *   [load]      during sonde_plugin_main: no threads, no file access, quick.
 *   [instance]  one thread at a time for a given instance, not always the same one.
 *   [any]       from any thread, at any time.
 *   Plugins never set OpenBLAS's thread count, and leave signals, the working directory and exit() alone. A call that
 *   may take longer than a second polls should_cancel and reports progress.
 *
 * Errors
 *   Every function that can fail returns a sonde_status. Before it returns anything but SONDE_OK it says why with
 *   host->set_error: one sentence with what, where and what to do. The host puts the plugin's id and file in front.
 *   An unknown status is read as SONDE_ERROR_INTERNAL.
 *
 * Numbers
 *   Tensors are row-major float32. Token ids are int32. Ragged batches are offsets and values (CSR): item i is
 *   values[offsets[i]] up to, not including, values[offsets[i + 1]]. There is no padding anywhere.
 *   JSON is UTF-8 and strict (RFC 8259): no duplicate keys, no NaN, no integers beyond 64 bits.
 */
#ifndef SONDE_H
#define SONDE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define SONDE_STATIC_ASSERT(condition, message) static_assert(condition, message)
#else
#define SONDE_STATIC_ASSERT(condition, message) _Static_assert(condition, message)
#endif

#if defined(__GNUC__) || defined(__clang__)
#define SONDE_EXPORT __attribute__((visibility("default")))
#else
#define SONDE_EXPORT
#endif

/* The layout is watched by machine: the offset of every field on 64-bit machines. */
#if UINTPTR_MAX == UINT64_MAX
#define SONDE_OFFSET(type, field, bytes) \
    SONDE_STATIC_ASSERT(offsetof(type, field) == bytes, "the layout of " #type "." #field " has changed")
#define SONDE_SIZE(type, bytes) SONDE_STATIC_ASSERT(sizeof(type) == bytes, "the size of " #type " has changed")
#else
#define SONDE_OFFSET(type, field, bytes) SONDE_STATIC_ASSERT(1, "")
#define SONDE_SIZE(type, bytes) SONDE_STATIC_ASSERT(1, "")
#endif

/* Whether a struct that begins with struct_size is large enough to hold the field. */
#define SONDE_HAS(pointer, type, field) \
    ((pointer)->struct_size >= offsetof(type, field) + sizeof(((type *)0)->field))

/* ---- Versions ----------------------------------------------------------------------------------------------------
 * A plugin loads if its major equals the host's and the minor that it needs is not above the host's. While the major
 * is 0 the contract may still break. */
#define SONDE_MAGIC 0x45444E53u /* "SNDE" in memory, little-endian */
#define SONDE_ABI_MAJOR 0
#define SONDE_ABI_MINOR 1

/* ---- Status ------------------------------------------------------------------------------------------------------ */
typedef int32_t sonde_status;
enum {
    SONDE_OK = 0,
    SONDE_ERROR_INVALID_ARGUMENT = 1, /* the caller broke the contract */
    SONDE_ERROR_INVALID_DATA = 2,     /* a file or a value of the user's is wrong */
    SONDE_ERROR_UNSUPPORTED = 3,      /* this component cannot do it */
    SONDE_ERROR_NOT_FOUND = 4,
    SONDE_ERROR_IO = 5,
    SONDE_ERROR_OUT_OF_MEMORY = 6,
    SONDE_ERROR_CANCELLED = 7, /* should_cancel said so */
    SONDE_ERROR_NUMERIC = 8,   /* a result is not finite */
    SONDE_ERROR_INTERNAL = 9   /* a bug of the component's */
};

/* ---- Elements: these never change -------------------------------------------------------------------------------- */

/* UTF-8 text, not terminated; bytes may be NULL if length is 0. */
typedef struct sonde_text {
    const char *bytes;
    uint64_t length;
} sonde_text;
SONDE_OFFSET(sonde_text, bytes, 0);
SONDE_OFFSET(sonde_text, length, 8);
SONDE_SIZE(sonde_text, 16);

/* A read-only matrix or tensor: row-major, contiguous float32. */
typedef struct sonde_tensor {
    const float *values;
    const uint64_t *shape;
    uint64_t rank;
} sonde_tensor;
SONDE_OFFSET(sonde_tensor, values, 0);
SONDE_OFFSET(sonde_tensor, shape, 8);
SONDE_OFFSET(sonde_tensor, rank, 16);
SONDE_SIZE(sonde_tensor, 24);

/* Receives bytes of UTF-8; may be called several times, the parts are joined. [any] */
typedef struct sonde_sink {
    void *context;
    void (*write)(void *context, const char *bytes, uint64_t length);
} sonde_sink;
SONDE_OFFSET(sonde_sink, context, 0);
SONDE_OFFSET(sonde_sink, write, 8);
SONDE_SIZE(sonde_sink, 16);

/* Receives the token ids of item `index`; each index once. [any] */
typedef struct sonde_token_sink {
    void *context;
    void (*write)(void *context, uint64_t index, const int32_t *ids, uint64_t count);
} sonde_token_sink;
SONDE_OFFSET(sonde_token_sink, context, 0);
SONDE_OFFSET(sonde_token_sink, write, 8);
SONDE_SIZE(sonde_token_sink, 16);

/* ---- The host, as a plugin sees it -------------------------------------------------------------------------------
 * Valid until the process ends. */
typedef enum sonde_log_level {
    SONDE_LOG_DEBUG = 0,
    SONDE_LOG_INFO = 1,
    SONDE_LOG_WARNING = 2,
    SONDE_LOG_ERROR = 3
} sonde_log_level;

typedef struct sonde_host sonde_host;
struct sonde_host {
    uint64_t struct_size;
    uint16_t abi_major;
    uint16_t abi_minor;
    uint32_t reserved;
    const char *name;
    const char *version;
    void *context; /* the host's own */

    /* The reason of the failure that the current call is about to return. detail is JSON or NULL. Errors are kept per
     * thread; the last one counts. [any] */
    void (*set_error)(const sonde_host *host, sonde_status status, const char *message, const char *detail);
    /* [any] */
    void (*log)(const sonde_host *host, int32_t level, const char *message);
    /* Not 0: stop soon and return SONDE_ERROR_CANCELLED. [any] */
    int32_t (*should_cancel)(const sonde_host *host);
    /* fraction in [0, 1]. [any] */
    void (*report_progress)(const sonde_host *host, double fraction, const char *activity);
    /* How many threads the current call may use. [any] */
    uint32_t (*thread_budget)(const sonde_host *host);
    /* Calls body(context, 0 ... count - 1), each once, on the threads of the budget, and returns when all are done.
     * OpenBLAS runs on one thread meanwhile. Not from within a body. [instance] */
    void (*parallel_for)(
        const sonde_host *host, uint64_t count, void *context, void (*body)(void *context, uint64_t index));
    /* A table that came with a later minor, or NULL. [any] */
    const void *(*get_extension)(const sonde_host *host, const char *id);
};
SONDE_OFFSET(sonde_host, struct_size, 0);
SONDE_OFFSET(sonde_host, abi_major, 8);
SONDE_OFFSET(sonde_host, abi_minor, 10);
SONDE_OFFSET(sonde_host, reserved, 12);
SONDE_OFFSET(sonde_host, name, 16);
SONDE_OFFSET(sonde_host, version, 24);
SONDE_OFFSET(sonde_host, context, 32);
SONDE_OFFSET(sonde_host, set_error, 40);
SONDE_OFFSET(sonde_host, log, 48);
SONDE_OFFSET(sonde_host, should_cancel, 56);
SONDE_OFFSET(sonde_host, report_progress, 64);
SONDE_OFFSET(sonde_host, thread_budget, 72);
SONDE_OFFSET(sonde_host, parallel_for, 80);
SONDE_OFFSET(sonde_host, get_extension, 88);
SONDE_SIZE(sonde_host, 96);

/* ---- The plugin, as the host sees it ----------------------------------------------------------------------------- */
typedef enum sonde_kind {
    SONDE_KIND_MODEL = 1,
    SONDE_KIND_DATASET = 2,
    SONDE_KIND_PROBE = 3,
    SONDE_KIND_METRIC = 4
} sonde_kind;

typedef struct sonde_component sonde_component;
struct sonde_component {
    uint64_t struct_size;
    uint32_t kind; /* sonde_kind */
    uint32_t reserved;
    const char *id;      /* [a-z0-9-]+, unique within its kind; never changes */
    const char *summary; /* one line */
    /* JSON facts of the kind, known without creating anything:
     *   model    {"model_types": ["bloom"], "capabilities": ["gradient", "taps", "edits", "generation", "weights"]}
     *   dataset  {}
     *   probe    {"needs": [capabilities of a model, or "embeddings"]}
     *   metric   {"range": [0, 1], "higher_is_better": true, "compares": "labels" | "texts", "proportion": false}
     * A bound of the range may be null. A proportion is the share of items that are right, each by itself: of one item
     * alone the metric is 1 or 0. */
    const char *descriptor;
    /* JSON Schema (an object with "properties", "required", "additionalProperties": false) of the options that create
     * takes. Each property has a "type", a "description" and, unless required, a "default". A string with
     * "format": "path" is a file or folder; the host makes it absolute before create sees it. */
    const char *options;
    const void *table; /* sonde_model_table, sonde_dataset_table, sonde_probe_table or sonde_metric_table */
    const void *context; /* the plugin's own; create finds it in the component that it is given */
};
SONDE_OFFSET(sonde_component, struct_size, 0);
SONDE_OFFSET(sonde_component, kind, 8);
SONDE_OFFSET(sonde_component, reserved, 12);
SONDE_OFFSET(sonde_component, id, 16);
SONDE_OFFSET(sonde_component, summary, 24);
SONDE_OFFSET(sonde_component, descriptor, 32);
SONDE_OFFSET(sonde_component, options, 40);
SONDE_OFFSET(sonde_component, table, 48);
SONDE_OFFSET(sonde_component, context, 56);
SONDE_SIZE(sonde_component, 64);

/* The fields up to id keep their places in every major, so that a host can say which plugin it refuses. */
typedef struct sonde_entry {
    uint32_t magic;       /* SONDE_MAGIC */
    uint32_t struct_size; /* of this struct, as the plugin was compiled */
    uint16_t abi_major;
    uint16_t abi_minor_built;  /* the header's minor at compilation */
    uint16_t abi_minor_needed; /* the oldest minor that the plugin can live with */
    uint16_t reserved;
    const char *id;      /* reverse-DNS; never changes */
    const char *version; /* semantic version of the plugin */
    const char *licence; /* SPDX expression */
    const char *build;   /* shown, never compared: compiler, platform, configuration */
    const sonde_component *const *components;
    uint64_t component_count;
    const void *(*get_extension)(const char *id); /* may be NULL */
} sonde_entry;
SONDE_OFFSET(sonde_entry, magic, 0);
SONDE_OFFSET(sonde_entry, struct_size, 4);
SONDE_OFFSET(sonde_entry, abi_major, 8);
SONDE_OFFSET(sonde_entry, abi_minor_built, 10);
SONDE_OFFSET(sonde_entry, abi_minor_needed, 12);
SONDE_OFFSET(sonde_entry, reserved, 14);
SONDE_OFFSET(sonde_entry, id, 16);
SONDE_OFFSET(sonde_entry, version, 24);
SONDE_OFFSET(sonde_entry, licence, 32);
SONDE_OFFSET(sonde_entry, build, 40);
SONDE_OFFSET(sonde_entry, components, 48);
SONDE_OFFSET(sonde_entry, component_count, 56);
SONDE_OFFSET(sonde_entry, get_extension, 64);
SONDE_SIZE(sonde_entry, 72);

/* The one symbol that a plugin exports. Returns NULL (after set_error) if the plugin cannot work here. The same entry is
 * returned each time; it is valid until the process ends. [load] */
SONDE_EXPORT const sonde_entry *sonde_plugin_main(const sonde_host *host);

/* ---- Rows: texts with their candidate continuations -------------------------------------------------------------- */
typedef struct sonde_rows {
    uint64_t struct_size;
    uint64_t row_count;
    const uint64_t *text_offsets; /* [row_count + 1] into text_ids */
    const int32_t *text_ids;
    /* Row i has candidates candidate_offsets[i] ..< candidate_offsets[i + 1]; NULL: no row has any. */
    const uint64_t *candidate_offsets;       /* [row_count + 1] */
    const uint64_t *candidate_token_offsets; /* [candidates + 1] into candidate_ids */
    const int32_t *candidate_ids;
    /* Which of its candidates is right, counted within the row; -1: unknown; NULL: all unknown. */
    const int32_t *labels; /* [row_count] */
    /* Names each row for dropout and noise, so that a row's numbers do not depend on its batch; NULL: 0, 1, 2 ... */
    const uint64_t *keys; /* [row_count] */
    /* Where the row came from, counted from 1; NULL: not from a file. */
    const uint64_t *lines; /* [row_count] */
} sonde_rows;
SONDE_OFFSET(sonde_rows, struct_size, 0);
SONDE_OFFSET(sonde_rows, row_count, 8);
SONDE_OFFSET(sonde_rows, text_offsets, 16);
SONDE_OFFSET(sonde_rows, text_ids, 24);
SONDE_OFFSET(sonde_rows, candidate_offsets, 32);
SONDE_OFFSET(sonde_rows, candidate_token_offsets, 40);
SONDE_OFFSET(sonde_rows, candidate_ids, 48);
SONDE_OFFSET(sonde_rows, labels, 56);
SONDE_OFFSET(sonde_rows, keys, 64);
SONDE_OFFSET(sonde_rows, lines, 72);
SONDE_SIZE(sonde_rows, 80);

/* ---- Model ------------------------------------------------------------------------------------------------------- */
typedef struct sonde_model sonde_model;   /* an instance */
typedef struct sonde_prompt sonde_prompt; /* a soft prompt, prepared by its model */

/* What a text is to become. The model adds the special tokens that the role calls for. */
typedef enum sonde_text_role {
    SONDE_ROLE_PLAIN = 0,     /* nothing is added */
    SONDE_ROLE_TEXT = 1,      /* the text of a row */
    SONDE_ROLE_CANDIDATE = 2, /* a continuation to be scored */
    SONDE_ROLE_TARGET = 3     /* a candidate to be learned: ends with the end token if the model can say one */
} sonde_text_role;

typedef struct sonde_prompt_specification {
    uint64_t struct_size;
    uint64_t rows;
    uint64_t width;
    const float *values;       /* [rows × width], copied */
    const uint8_t *live_rows;  /* [rows], 0: the model never reads this row; NULL: the model decides */
    const char *placement;     /* one of the card's "placements"; NULL: the first of them */
} sonde_prompt_specification;
SONDE_OFFSET(sonde_prompt_specification, struct_size, 0);
SONDE_OFFSET(sonde_prompt_specification, rows, 8);
SONDE_OFFSET(sonde_prompt_specification, width, 16);
SONDE_OFFSET(sonde_prompt_specification, values, 24);
SONDE_OFFSET(sonde_prompt_specification, live_rows, 32);
SONDE_OFFSET(sonde_prompt_specification, placement, 40);
SONDE_SIZE(sonde_prompt_specification, 48);

typedef enum sonde_positions {
    SONDE_POSITIONS_PROMPT = 1, /* the rows of the soft prompt */
    SONDE_POSITIONS_ANSWER = 2, /* the position whose logits score a candidate's first token */
    SONDE_POSITIONS_TEXT = 3,   /* all tokens of the text */
    SONDE_POSITIONS_ALL = 4     /* prompt, text and (for edits) candidates */
} sonde_positions;

/* In a tap block: the activation is the same for every row of the pass and is computed once. */
#define SONDE_EVERY_ROW UINT32_MAX

/* Activations of one layer, handed over while the pass runs. Everything is borrowed for the call. */
typedef struct sonde_tap_block {
    uint64_t struct_size;
    uint64_t run; /* index of the prompt in the request */
    uint64_t layer;
    uint64_t count;                /* activations in the block */
    uint64_t width;                /* values of an activation */
    uint64_t stride;               /* from one row of `values` to the next */
    const float *values;           /* activation i begins at values[indices[i] * stride] */
    const uint32_t *indices;       /* [count] */
    const uint32_t *rows;          /* [count] row of the pass, or SONDE_EVERY_ROW */
    const uint32_t *row_positions; /* [count] position in the row's sequence */
} sonde_tap_block;
SONDE_OFFSET(sonde_tap_block, struct_size, 0);
SONDE_OFFSET(sonde_tap_block, run, 8);
SONDE_OFFSET(sonde_tap_block, layer, 16);
SONDE_OFFSET(sonde_tap_block, count, 24);
SONDE_OFFSET(sonde_tap_block, width, 32);
SONDE_OFFSET(sonde_tap_block, stride, 40);
SONDE_OFFSET(sonde_tap_block, values, 48);
SONDE_OFFSET(sonde_tap_block, indices, 56);
SONDE_OFFSET(sonde_tap_block, rows, 64);
SONDE_OFFSET(sonde_tap_block, row_positions, 72);
SONDE_SIZE(sonde_tap_block, 80);

/* A request to read activations. Sites: "embedding" (layer 0 only), "ffn.activation" (after the non-linearity; in gated
 * layers the gate branch), "residual" (a block's output), "attention.output" (before the residual is added). */
typedef struct sonde_tap {
    uint64_t struct_size;
    const char *stack; /* one of the card's stacks */
    const char *site;
    const uint32_t *layers; /* NULL: every layer */
    uint64_t layer_count;
    uint32_t positions; /* sonde_positions */
    uint32_t reserved;
    void *context;
    /* Anything but SONDE_OK stops the pass with that status. Called on the thread of the pass. */
    sonde_status (*receive)(void *context, const sonde_tap_block *block);
} sonde_tap;
SONDE_OFFSET(sonde_tap, struct_size, 0);
SONDE_OFFSET(sonde_tap, stack, 8);
SONDE_OFFSET(sonde_tap, site, 16);
SONDE_OFFSET(sonde_tap, layers, 24);
SONDE_OFFSET(sonde_tap, layer_count, 32);
SONDE_OFFSET(sonde_tap, positions, 40);
SONDE_OFFSET(sonde_tap, reserved, 44);
SONDE_OFFSET(sonde_tap, context, 48);
SONDE_OFFSET(sonde_tap, receive, 56);
SONDE_SIZE(sonde_tap, 64);

typedef enum sonde_edit_mode {
    SONDE_EDIT_ZERO = 1,
    SONDE_EDIT_CONSTANT = 2, /* every chosen neuron becomes `constant` */
    SONDE_EDIT_MEAN = 3,     /* chosen neuron j becomes means[j] */
    SONDE_EDIT_NOISE = 4     /* plus constant × a standard normal number keyed by stream, row key, layer and neuron */
} sonde_edit_mode;

/* A request to change activations of one layer. */
typedef struct sonde_edit {
    uint64_t struct_size;
    const char *stack;
    const char *site; /* "ffn.activation" or "residual" or "attention.output" or "embedding" */
    uint32_t layer;
    uint32_t positions; /* sonde_positions */
    uint32_t mode;      /* sonde_edit_mode */
    uint32_t reserved;
    const uint32_t *neurons; /* columns, without repetition; NULL: every one */
    uint64_t neuron_count;
    const float *means; /* [neuron_count] */
    double constant;
    uint64_t stream;
} sonde_edit;
SONDE_OFFSET(sonde_edit, struct_size, 0);
SONDE_OFFSET(sonde_edit, stack, 8);
SONDE_OFFSET(sonde_edit, site, 16);
SONDE_OFFSET(sonde_edit, layer, 24);
SONDE_OFFSET(sonde_edit, positions, 28);
SONDE_OFFSET(sonde_edit, mode, 32);
SONDE_OFFSET(sonde_edit, reserved, 36);
SONDE_OFFSET(sonde_edit, neurons, 40);
SONDE_OFFSET(sonde_edit, neuron_count, 48);
SONDE_OFFSET(sonde_edit, means, 56);
SONDE_OFFSET(sonde_edit, constant, 64);
SONDE_OFFSET(sonde_edit, stream, 72);
SONDE_SIZE(sonde_edit, 80);

typedef struct sonde_edit_receipt {
    uint64_t visited; /* activations at which the edit applied; a shared one counts once */
    uint64_t changed; /* of these, how many have another value now */
    double absolute_change;
} sonde_edit_receipt;
SONDE_OFFSET(sonde_edit_receipt, visited, 0);
SONDE_OFFSET(sonde_edit_receipt, changed, 8);
SONDE_OFFSET(sonde_edit_receipt, absolute_change, 16);
SONDE_SIZE(sonde_edit_receipt, 24);

/* Where the parts of a row stand in its sequence (of the encoder, where there is one). */
typedef struct sonde_row_layout {
    uint32_t prompt_first;
    uint32_t prompt_count;
    uint32_t text_first;
    uint32_t text_count;
    uint32_t answer; /* in the decoder, where there is one */
    uint32_t reserved;
} sonde_row_layout;
SONDE_OFFSET(sonde_row_layout, prompt_first, 0);
SONDE_OFFSET(sonde_row_layout, prompt_count, 4);
SONDE_OFFSET(sonde_row_layout, text_first, 8);
SONDE_OFFSET(sonde_row_layout, text_count, 12);
SONDE_OFFSET(sonde_row_layout, answer, 16);
SONDE_OFFSET(sonde_row_layout, reserved, 20);
SONDE_SIZE(sonde_row_layout, 24);

typedef enum sonde_scoring {
    SONDE_SCORING_NONE = 0,
    SONDE_SCORING_SEQUENCE = 1,   /* sum of the candidate's log-probabilities */
    SONDE_SCORING_MEAN = 2,       /* the sum over the number of its tokens */
    SONDE_SCORING_FIRST_TOKEN = 3 /* the first token's alone */
} sonde_scoring;

typedef enum sonde_loss {
    SONDE_LOSS_NONE = 0,
    SONDE_LOSS_CHOICE = 1,  /* cross-entropy over the row's candidate scores; counts rows */
    SONDE_LOSS_LANGUAGE = 2 /* negative log-probability of the label candidate's tokens; counts tokens */
} sonde_loss;

enum {
    SONDE_PASS_PROMPT_GRADIENT = 1 << 0,
    SONDE_PASS_WEIGHT_GRADIENT = 1 << 1, /* after train_weights(model, 1) */
    SONDE_PASS_TRAINING = 1 << 2         /* dropout at the checkpoint's rates, from dropout_stream */
};

/* One pass over a batch. Each prompt is one run over all rows; with no prompts there is one run without any. Outputs
 * that are NULL are not computed.
 *
 *   output \ request      candidates  scoring  loss  labels  prompts  capability
 *   candidate_scores      needed      needed   -     -       -        -
 *   row_losses, sums      needed      choice   set   needed  -        -
 *   prompt_gradients      needed      choice   set   needed  needed   gradient
 *   weight gradients      needed      choice   set   needed  -        weights
 *   generated             -           -        -     -       -        generation
 *   taps                  -           -        -     -       -        taps
 *   edit_receipts         -           -        -     -       -        edits
 *   layouts               -           -        -     -       -        -
 *
 * The language loss always runs over single tokens, whatever the scoring. Anything else is
 * SONDE_ERROR_INVALID_ARGUMENT. A row with an empty text needs a prompt. */
typedef struct sonde_pass_request {
    uint64_t struct_size;
    const sonde_rows *rows;
    sonde_prompt *const *prompts; /* [prompt_count]; an element may be NULL: a run without a prompt */
    uint64_t prompt_count;
    uint32_t scoring; /* sonde_scoring */
    uint32_t loss;    /* sonde_loss */
    uint32_t flags;   /* SONDE_PASS_... */
    uint32_t generation_limit; /* new tokens at most; 0: no decoding */
    const int32_t *stop_ids;   /* decoding ends after one of these; NULL: the model's end token */
    uint64_t stop_count;
    uint64_t dropout_stream;
    const sonde_tap *const *taps;
    uint64_t tap_count;
    const sonde_edit *const *edits;
    uint64_t edit_count;
} sonde_pass_request;
SONDE_OFFSET(sonde_pass_request, struct_size, 0);
SONDE_OFFSET(sonde_pass_request, rows, 8);
SONDE_OFFSET(sonde_pass_request, prompts, 16);
SONDE_OFFSET(sonde_pass_request, prompt_count, 24);
SONDE_OFFSET(sonde_pass_request, scoring, 32);
SONDE_OFFSET(sonde_pass_request, loss, 36);
SONDE_OFFSET(sonde_pass_request, flags, 40);
SONDE_OFFSET(sonde_pass_request, generation_limit, 44);
SONDE_OFFSET(sonde_pass_request, stop_ids, 48);
SONDE_OFFSET(sonde_pass_request, stop_count, 56);
SONDE_OFFSET(sonde_pass_request, dropout_stream, 64);
SONDE_OFFSET(sonde_pass_request, taps, 72);
SONDE_OFFSET(sonde_pass_request, tap_count, 80);
SONDE_OFFSET(sonde_pass_request, edits, 88);
SONDE_OFFSET(sonde_pass_request, edit_count, 96);
SONDE_SIZE(sonde_pass_request, 104);

typedef struct sonde_pass_result {
    uint64_t struct_size;
    double *candidate_scores;           /* [runs × candidates], by the request's scoring */
    double *row_losses;                 /* [runs × rows]; language: the mean over the row's target tokens */
    double *loss_sums;                  /* [runs]: summed over rows (choice) or target tokens (language) */
    uint64_t *loss_counts;              /* [runs] */
    float *const *prompt_gradients;     /* [runs]: d loss_sum / d prompt, [rows × width], ADDED to what is there */
    sonde_edit_receipt *edit_receipts;  /* [edits], summed over the runs */
    sonde_row_layout *layouts;          /* [runs × rows] */
    const sonde_token_sink *generated;  /* index = run × rows + row; the stop token is not included */
} sonde_pass_result;
SONDE_OFFSET(sonde_pass_result, struct_size, 0);
SONDE_OFFSET(sonde_pass_result, candidate_scores, 8);
SONDE_OFFSET(sonde_pass_result, row_losses, 16);
SONDE_OFFSET(sonde_pass_result, loss_sums, 24);
SONDE_OFFSET(sonde_pass_result, loss_counts, 32);
SONDE_OFFSET(sonde_pass_result, prompt_gradients, 40);
SONDE_OFFSET(sonde_pass_result, edit_receipts, 48);
SONDE_OFFSET(sonde_pass_result, layouts, 56);
SONDE_OFFSET(sonde_pass_result, generated, 64);
SONDE_SIZE(sonde_pass_result, 72);

/* A trainable tensor, updated in place by the host. */
typedef struct sonde_weight {
    uint64_t struct_size;
    const char *name; /* as in the checkpoint */
    const uint64_t *shape;
    uint64_t rank;
    float *values;
    float *gradient; /* NULL unless train_weights is on; the host sets it to zero between steps */
} sonde_weight;
SONDE_OFFSET(sonde_weight, struct_size, 0);
SONDE_OFFSET(sonde_weight, name, 8);
SONDE_OFFSET(sonde_weight, shape, 16);
SONDE_OFFSET(sonde_weight, rank, 24);
SONDE_OFFSET(sonde_weight, values, 32);
SONDE_OFFSET(sonde_weight, gradient, 40);
SONDE_SIZE(sonde_weight, 48);

typedef struct sonde_weight_sink {
    void *context;
    void (*receive)(void *context, const sonde_weight *weight);
} sonde_weight_sink;
SONDE_OFFSET(sonde_weight_sink, context, 0);
SONDE_OFFSET(sonde_weight_sink, receive, 8);
SONDE_SIZE(sonde_weight_sink, 16);

typedef struct sonde_model_table {
    uint64_t struct_size;

    /* directory: a Hugging Face checkpoint folder. options: JSON that the host checked against the schema, defaults
     * filled in. [any] */
    sonde_status (*create)(
        const sonde_host *host, const sonde_component *component, const char *directory, const char *options,
        sonde_model **model);
    /* Prompts of the model are destroyed first. [instance] */
    void (*destroy)(sonde_model *model);

    /* JSON: {"architecture": "causal" | "masked" | "seq2seq", "model_type", "stacks": [{"name", "layers",
     * "feed_forward_width"}], "width", "vocabulary" (rows of the embedding table), "token_count" (ids below it that the
     * tokenizer may have), "maximum_length" or null, "parameters", "digest", "capabilities": [...], "placements": [...],
     * "special_tokens": {"end": 2, ...}, "notes": {...}}. [instance] */
    sonde_status (*card)(sonde_model *model, const sonde_sink *json);

    /* Ids of each text, in the given role. [instance] */
    sonde_status (*encode)(
        sonde_model *model, const sonde_text *texts, uint64_t count, uint32_t role, const sonde_token_sink *ids);
    /* Text of ids, special tokens left out. [instance] */
    sonde_status (*decode)(sonde_model *model, const int32_t *ids, uint64_t count, const sonde_sink *text);
    /* One token as people should see it; SONDE_ERROR_NOT_FOUND for an id that the tokenizer does not have. [instance] */
    sonde_status (*token_text)(sonde_model *model, int32_t id, const sonde_sink *text);

    /* Rows first ..< first + count of the input embedding table, `*stride` values apart, read in place where the table
     * is float32. Valid until the next call of this function. [instance] */
    sonde_status (*embeddings)(
        sonde_model *model, uint64_t first, uint64_t count, const float **values, uint64_t *stride);

    /* [instance] */
    sonde_status (*create_prompt)(
        sonde_model *model, const sonde_prompt_specification *specification, sonde_prompt **prompt);
    /* New values, same shape; what was computed from the old ones is dropped. [instance] */
    sonde_status (*update_prompt)(sonde_model *model, sonde_prompt *prompt, const float *values);
    /* Writes one byte a row: 1 live, 0 never read. [instance] */
    sonde_status (*live_rows)(sonde_model *model, sonde_prompt *prompt, uint8_t *live);
    /* [instance] */
    void (*destroy_prompt)(sonde_model *model, sonde_prompt *prompt);

    /* [instance] */
    sonde_status (*pass)(sonde_model *model, const sonde_pass_request *request, sonde_pass_result *result);

    /* Model tuning; all three NULL without the capability "weights". [instance] */
    sonde_status (*train_weights)(sonde_model *model, int32_t on);
    sonde_status (*weights)(sonde_model *model, const sonde_weight_sink *sink);
    /* The host has changed values: what was computed from them is dropped. [instance] */
    sonde_status (*weights_changed)(sonde_model *model);
} sonde_model_table;
SONDE_OFFSET(sonde_model_table, struct_size, 0);
SONDE_OFFSET(sonde_model_table, create, 8);
SONDE_OFFSET(sonde_model_table, destroy, 16);
SONDE_OFFSET(sonde_model_table, card, 24);
SONDE_OFFSET(sonde_model_table, encode, 32);
SONDE_OFFSET(sonde_model_table, decode, 40);
SONDE_OFFSET(sonde_model_table, token_text, 48);
SONDE_OFFSET(sonde_model_table, embeddings, 56);
SONDE_OFFSET(sonde_model_table, create_prompt, 64);
SONDE_OFFSET(sonde_model_table, update_prompt, 72);
SONDE_OFFSET(sonde_model_table, live_rows, 80);
SONDE_OFFSET(sonde_model_table, destroy_prompt, 88);
SONDE_OFFSET(sonde_model_table, pass, 96);
SONDE_OFFSET(sonde_model_table, train_weights, 104);
SONDE_OFFSET(sonde_model_table, weights, 112);
SONDE_OFFSET(sonde_model_table, weights_changed, 120);
SONDE_SIZE(sonde_model_table, 128);

/* ---- Dataset ----------------------------------------------------------------------------------------------------- */
typedef struct sonde_dataset sonde_dataset;

/* The texts of one field: item i is bytes[offsets[i]] ..< bytes[offsets[i + 1]], UTF-8. */
typedef struct sonde_column {
    const uint64_t *offsets; /* [count + 1] */
    const char *bytes;
} sonde_column;
SONDE_OFFSET(sonde_column, offsets, 0);
SONDE_OFFSET(sonde_column, bytes, 8);
SONDE_SIZE(sonde_column, 16);

typedef struct sonde_examples {
    uint64_t struct_size;
    uint64_t count;
    const sonde_column *columns; /* in the order of the description's "fields" */
    uint64_t column_count;
    const int32_t *labels;  /* [count]; -1: none */
    const uint64_t *lines;  /* [count], counted from 1 */
} sonde_examples;
SONDE_OFFSET(sonde_examples, struct_size, 0);
SONDE_OFFSET(sonde_examples, count, 8);
SONDE_OFFSET(sonde_examples, columns, 16);
SONDE_OFFSET(sonde_examples, column_count, 24);
SONDE_OFFSET(sonde_examples, labels, 32);
SONDE_OFFSET(sonde_examples, lines, 40);
SONDE_SIZE(sonde_examples, 48);

typedef struct sonde_dataset_table {
    uint64_t struct_size;
    /* [any] */
    sonde_status (*create)(
        const sonde_host *host, const sonde_component *component, const char *options, sonde_dataset **dataset);
    /* [instance] */
    void (*destroy)(sonde_dataset *dataset);
    /* JSON: {"fields": ["text"], "labels": ["negative", "positive"], "splits": [{"name", "count", "file", "labelled"}],
     * "digest", "templates": [{"name", "text", "candidates", "models", "prompt"}], "notes": ["..."]}.
     * The digest changes when a file does. May be absent: "labelled" (true), "templates", "notes" (sentences for the
     * user), a template's "models" and "prompt". A template has one candidate a label; several may share a name, each for
     * other "models": architectures or model_types, none for all. "prompt": words that a soft prompt begins as.
     * [instance] */
    sonde_status (*describe)(sonde_dataset *dataset, const sonde_sink *json);
    /* Examples first ..< first + count of a split. Valid until the next call on the dataset. [instance] */
    sonde_status (*read)(
        sonde_dataset *dataset, const char *split, uint64_t first, uint64_t count, sonde_examples *examples);
} sonde_dataset_table;
SONDE_OFFSET(sonde_dataset_table, struct_size, 0);
SONDE_OFFSET(sonde_dataset_table, create, 8);
SONDE_OFFSET(sonde_dataset_table, destroy, 16);
SONDE_OFFSET(sonde_dataset_table, describe, 24);
SONDE_OFFSET(sonde_dataset_table, read, 32);
SONDE_SIZE(sonde_dataset_table, 40);

/* ---- Metric ------------------------------------------------------------------------------------------------------ */
typedef struct sonde_metric sonde_metric;

typedef struct sonde_predictions {
    uint64_t struct_size;
    uint64_t count;
    const int32_t *predicted; /* [count] label indices */
    const int32_t *expected;  /* [count] */
    uint64_t label_count;
    const sonde_text *predicted_texts; /* [count] what was said; NULL unless the metric compares texts */
    const sonde_text *expected_texts;  /* [count] what is right; NULL likewise */
} sonde_predictions;
SONDE_OFFSET(sonde_predictions, struct_size, 0);
SONDE_OFFSET(sonde_predictions, count, 8);
SONDE_OFFSET(sonde_predictions, predicted, 16);
SONDE_OFFSET(sonde_predictions, expected, 24);
SONDE_OFFSET(sonde_predictions, label_count, 32);
SONDE_OFFSET(sonde_predictions, predicted_texts, 40);
SONDE_OFFSET(sonde_predictions, expected_texts, 48);
SONDE_SIZE(sonde_predictions, 56);

typedef struct sonde_metric_table {
    uint64_t struct_size;
    /* [any] */
    sonde_status (*create)(
        const sonde_host *host, const sonde_component *component, const char *options, sonde_metric **metric);
    /* [instance] */
    void (*destroy)(sonde_metric *metric);
    /* A number within the descriptor's range; SONDE_ERROR_INVALID_ARGUMENT for no predictions. [instance] */
    sonde_status (*evaluate)(sonde_metric *metric, const sonde_predictions *predictions, double *value);
} sonde_metric_table;
SONDE_OFFSET(sonde_metric_table, struct_size, 0);
SONDE_OFFSET(sonde_metric_table, create, 8);
SONDE_OFFSET(sonde_metric_table, destroy, 16);
SONDE_OFFSET(sonde_metric_table, evaluate, 24);
SONDE_SIZE(sonde_metric_table, 32);

/* ---- Probe -------------------------------------------------------------------------------------------------------
 * Three steps. plan names units of work and what each needs; measure does one unit from exactly these inputs (a pure
 * function of inputs and seed); conclude turns all measurements into findings. The host caches, resumes and distributes
 * the units. */
typedef struct sonde_probe sonde_probe;

/* What the host does for a probe during measure and conclude. Names are those of the study. Everything returned by
 * pointer is valid until the step ends. All functions: [instance] of the probe. */
typedef struct sonde_services sonde_services;
struct sonde_services {
    uint64_t struct_size;
    void *context; /* the host's own */

    /* A model of the study. The probe calls its table, and destroys only prompts that it created. */
    sonde_status (*model)(
        const sonde_services *services, const char *name, const sonde_model_table **table, sonde_model **model);
    /* A tuned prompt that the unit needs: values [rows × width], and JSON facts {"model", "task", "seed", "placement",
     * "live_rows", "initialisation": {...}}. The sink may be NULL. */
    sonde_status (*prompt)(
        const sonde_services *services, const char *name, sonde_tensor *values, const sonde_sink *facts);
    /* The prompt as it was before its first step. */
    sonde_status (*initial_prompt)(const sonde_services *services, const char *name, sonde_tensor *values);
    /* A measurement that the unit needs (in conclude: any of this probe's). probe: NULL for the probe itself. */
    sonde_status (*measurement)(
        const sonde_services *services, const char *probe, const char *unit, const sonde_sink *json);
    sonde_status (*measurement_tensor)(
        const sonde_services *services, const char *probe, const char *unit, const char *name, sonde_tensor *tensor);
    /* Rows of a task, rendered by its template and encoded by the model. The text is shortened to leave room for a
     * soft prompt of `prompt_rows`. */
    sonde_status (*rows)(
        const sonde_services *services, const char *task, const char *split, const char *model, uint64_t prompt_rows,
        uint64_t first, uint64_t count, sonde_rows *rows);
    /* A stream of random numbers named within the unit; the same study gives the same key. */
    uint64_t (*random_key)(const sonde_services *services, const char *name);
    /* Adds a tensor to the measurement; copied. */
    sonde_status (*emit_tensor)(const sonde_services *services, const char *name, const sonde_tensor *tensor);
};
SONDE_OFFSET(sonde_services, struct_size, 0);
SONDE_OFFSET(sonde_services, context, 8);
SONDE_OFFSET(sonde_services, model, 16);
SONDE_OFFSET(sonde_services, prompt, 24);
SONDE_OFFSET(sonde_services, initial_prompt, 32);
SONDE_OFFSET(sonde_services, measurement, 40);
SONDE_OFFSET(sonde_services, measurement_tensor, 48);
SONDE_OFFSET(sonde_services, rows, 56);
SONDE_OFFSET(sonde_services, random_key, 64);
SONDE_OFFSET(sonde_services, emit_tensor, 72);
SONDE_SIZE(sonde_services, 80);

typedef struct sonde_probe_table {
    uint64_t struct_size;
    /* [any] */
    sonde_status (*create)(
        const sonde_host *host, const sonde_component *component, const char *options, sonde_probe **probe);
    /* [instance] */
    void (*destroy)(sonde_probe *probe);
    /* study: JSON {"models": [{"name", "model_type", "capabilities"}], "tasks": [{"name", "labels", "splits": [{"name",
     * "count"}]}], "seeds": [...], "prompts": [{"name", "model", "task", "seed", "rows"}], "probes": [{"name", "id",
     * "units": [...]}]} where probes are those that stand earlier in the study file.
     * units: JSON [{"id": "...", "prompts": [names], "models": [names], "tasks": [names], "measurements":
     * [{"probe", "unit"}], "parameters": any}]. A measurement may be of this probe's own units (no cycles); "probe" is
     * left out there, since a probe does not know its own name. [instance] */
    sonde_status (*plan)(sonde_probe *probe, const char *study, const sonde_sink *units);
    /* unit: one element of what plan returned. measurement: JSON. [instance] */
    sonde_status (*measure)(
        sonde_probe *probe, const char *unit, const sonde_services *services, const sonde_sink *measurement);
    /* units: JSON array of the units that were measured. findings: JSON {"tables", "figures", "statements"}; the
     * SDK's documentation has the schema. [instance] */
    sonde_status (*conclude)(
        sonde_probe *probe, const char *units, const sonde_services *services, const sonde_sink *findings);
} sonde_probe_table;
SONDE_OFFSET(sonde_probe_table, struct_size, 0);
SONDE_OFFSET(sonde_probe_table, create, 8);
SONDE_OFFSET(sonde_probe_table, destroy, 16);
SONDE_OFFSET(sonde_probe_table, plan, 24);
SONDE_OFFSET(sonde_probe_table, measure, 32);
SONDE_OFFSET(sonde_probe_table, conclude, 40);
SONDE_SIZE(sonde_probe_table, 48);

#ifdef __cplusplus
}
#endif

#endif
