/* A metric in C: balanced accuracy, the mean over labels of the share of their items that were predicted right.
 * A prompt that always predicts the majority class scores 1 / labels here, whatever the balance.
 * Source: Brodersen et al. 2010, doi:10.1109/ICPR.2010.764.
 *
 *     cd samples/plugins/balanced-accuracy
 *     cc -shared -fPIC -I ../../../SDK/include -o balanced_accuracy.so balanced_accuracy.c
 */
#include <sonde.h>
#include <stdlib.h>

struct sonde_metric {
    const sonde_host *host;
};

static sonde_status create(
    const sonde_host *host, const sonde_component *component, const char *options, sonde_metric **metric)
{
    (void)component;
    (void)options; /* there are none, and the host has checked that */
    *metric = malloc(sizeof **metric);
    if (*metric == NULL) {
        host->set_error(host, SONDE_ERROR_OUT_OF_MEMORY, "There is no memory for the metric.", NULL);
        return SONDE_ERROR_OUT_OF_MEMORY;
    }
    (*metric)->host = host;
    return SONDE_OK;
}

static void destroy(sonde_metric *metric)
{
    free(metric);
}

static sonde_status fail(const sonde_metric *metric, const char *message)
{
    metric->host->set_error(metric->host, SONDE_ERROR_INVALID_ARGUMENT, message, NULL);
    return SONDE_ERROR_INVALID_ARGUMENT;
}

static sonde_status evaluate(sonde_metric *metric, const sonde_predictions *predictions, double *value)
{
    double sum_of_recalls = 0;
    uint64_t labels_seen = 0;

    for (uint64_t label = 0; label < predictions->label_count; label++) {
        uint64_t items = 0, right = 0;
        for (uint64_t i = 0; i < predictions->count; i++) {
            if (predictions->expected[i] != (int32_t)label) continue;
            items++;
            right += predictions->predicted[i] == (int32_t)label;
        }
        if (items == 0) continue;
        sum_of_recalls += (double)right / (double)items;
        labels_seen++;
    }
    if (labels_seen == 0) return fail(metric, "Balanced accuracy needs at least one item with a label.");
    *value = sum_of_recalls / (double)labels_seen;
    return SONDE_OK;
}

static const sonde_metric_table functions = {
    .struct_size = sizeof functions,
    .create = create,
    .destroy = destroy,
    .evaluate = evaluate,
};

static const sonde_component balanced_accuracy = {
    .struct_size = sizeof balanced_accuracy,
    .kind = SONDE_KIND_METRIC,
    .id = "balanced-accuracy",
    .summary = "Mean over labels of the share of their items predicted right",
    .descriptor = "{\"range\": [0, 1], \"higher_is_better\": true, \"compares\": \"labels\"}",
    .options = "{\"type\": \"object\", \"properties\": {}, \"required\": [], \"additionalProperties\": false}",
    .table = &functions,
};

static const sonde_component *const components[] = {&balanced_accuracy};

static const sonde_entry entry = {
    .magic = SONDE_MAGIC,
    .struct_size = sizeof entry,
    .abi_major = SONDE_ABI_MAJOR,
    .abi_minor_built = SONDE_ABI_MINOR,
    .abi_minor_needed = 1,
    .id = "org.example.balanced-accuracy",
    .version = "1.0.0",
    .licence = "Apache-2.0",
    .build = "C11",
    .components = components,
    .component_count = 1,
};

SONDE_EXPORT const sonde_entry *sonde_plugin_main(const sonde_host *host)
{
    (void)host;
    return &entry;
}
