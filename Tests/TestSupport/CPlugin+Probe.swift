extension CPlugin {
    /// A plugin with one probe whose three steps are bodies of C functions.
    ///
    /// They can `say(sink, text)`; `services` and `unit` are there in `measure`, `services` and `units` in `conclude`,
    /// `study` in `plan`. The option `factor` is a whole number from 1 to 9, 1 by default.
    public static func probe(
        plugin: String = "org.example.probe", id: String = "probe", needs: String = "",
        plan: String = #"say(units, "[{\"id\": \"a\"}, {\"id\": \"b\"}]");"#,
        measure: String = #"say(measurement, "{\"value\": 1}");"#,
        conclude: String = #"say(findings, "{\"tables\": [], \"figures\": [], \"statements\": []}");"#
    ) -> String {
        """
        #include "sonde.h"
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>

        struct sonde_probe { const sonde_host *host; };

        static void say(const sonde_sink *sink, const char *text) { sink->write(sink->context, text, strlen(text)); }
        static void add(void *context, const char *bytes, uint64_t length) {
            strncat(context, bytes, length);
        }
        static sonde_status create(
            const sonde_host *host, const sonde_component *component, const char *options, sonde_probe **probe) {
            (void)add;
            *probe = malloc(sizeof(sonde_probe));
            (*probe)->host = host;
            return SONDE_OK;
        }
        static void destroy(sonde_probe *probe) { free(probe); }
        static sonde_status plan(sonde_probe *probe, const char *study, const sonde_sink *units) {
            \(plan)
            return SONDE_OK;
        }
        static sonde_status measure(
            sonde_probe *probe, const char *unit, const sonde_services *services, const sonde_sink *measurement) {
            \(measure)
            return SONDE_OK;
        }
        static sonde_status conclude(
            sonde_probe *probe, const char *units, const sonde_services *services, const sonde_sink *findings) {
            \(conclude)
            return SONDE_OK;
        }

        static const sonde_probe_table table = {sizeof(sonde_probe_table), create, destroy, plan, measure, conclude};
        static const sonde_component component = {
            sizeof(sonde_component), SONDE_KIND_PROBE, 0, "\(id)", "A probe of the tests",
            "{\\"needs\\": [\(needs.isEmpty ? "" : "\\\"\(needs)\\\"")]}",
            "{\\"type\\": \\"object\\", \\"properties\\": {\\"factor\\": {\\"type\\": \\"integer\\", \\"minimum\\": 1, "
            "\\"maximum\\": 9, \\"default\\": 1}}, \\"required\\": [], \\"additionalProperties\\": false}",
            &table, NULL};
        static const sonde_component *const components[] = {&component};
        static const sonde_entry entry = {
            SONDE_MAGIC, sizeof(sonde_entry), SONDE_ABI_MAJOR, SONDE_ABI_MINOR, 0, 0, "\(plugin)", "1.0.0", "MIT", "C",
            components, 1, NULL};

        const sonde_entry *sonde_plugin_main(const sonde_host *host) { return &entry; }
        """
    }
}
