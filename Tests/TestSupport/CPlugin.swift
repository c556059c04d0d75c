import Foundation

/// Small plugins in C, as strangers would write them, and broken ones.
public enum CPlugin {
    /// Compiles a library against the contract's header and returns its path.
    /// - Throws: ``CompilationFailure`` with what the compiler says.
    @discardableResult
    public static func compile(
        _ source: String, to library: String, in folder: TemporaryFolder, standard: String = "c11"
    ) throws -> String {
        let isCPlusPlus = standard.contains("++")
        let file = try folder.write(source, to: "source-\(UUID().uuidString).\(isCPlusPlus ? "cpp" : "c")")
        let run = try CommandRun(
            "/usr/bin/env",
            [
                isCPlusPlus ? "clang++" : "clang", "-std=\(standard)", "-Wall", "-Wextra",
                "-Wno-unused-parameter",
                "-Werror", "-shared", "-fPIC", "-I", BuiltProducts.package + "/SDK/include", file, "-o",
                folder.path(library),
            ])
        guard run.status == 0 else { throw CompilationFailure(message: run.errors) }
        return folder.path(library)
    }

    /// What the compiler says.
    public struct CompilationFailure: Error {
        /// Its messages.
        public let message: String
    }

    /// A plugin with one metric, the share of right labels or `value` where that is given.
    public static func metric(
        plugin: String = "org.example.share", id: String = "share", version: String = "1.0.0",
        major: String = "SONDE_ABI_MAJOR",
        needed: String = "0", magic: String = "SONDE_MAGIC", atEntry: String = "", value: String? = nil
    ) -> String {
        let result = value ?? "(double)right / (double)predictions->count"
        return """
            #include "sonde.h"
            #include <stdlib.h>
            #include <string.h>

            struct sonde_metric { const sonde_host *host; };

            static sonde_status create(
                const sonde_host *host, const sonde_component *component, const char *options, sonde_metric **metric) {
                *metric = malloc(sizeof(sonde_metric));
                (*metric)->host = host;
                return SONDE_OK;
            }
            static void destroy(sonde_metric *metric) { free(metric); }
            static sonde_status evaluate(sonde_metric *metric, const sonde_predictions *predictions, double *value) {
                uint64_t right = 0;
                if (predictions->count == 0) {
                    metric->host->set_error(
                        metric->host, SONDE_ERROR_INVALID_ARGUMENT, "There are no predictions.", NULL);
                    return SONDE_ERROR_INVALID_ARGUMENT;
                }
                for (uint64_t i = 0; i < predictions->count; i++)
                    right += predictions->predicted[i] == predictions->expected[i];
                (void)right;
                *value = \(result);
                return SONDE_OK;
            }

            static const sonde_metric_table table = {sizeof(sonde_metric_table), create, destroy, evaluate};
            static const sonde_component component = {
                sizeof(sonde_component), SONDE_KIND_METRIC, 0, "\(id)", "Share of right labels",
                "{\\"range\\": [0, 1], \\"higher_is_better\\": true, \\"compares\\": \\"labels\\"}",
                "{\\"type\\": \\"object\\", \\"properties\\": {}, \\"required\\": [], \\"additionalProperties\\": false}",
                &table, NULL};
            static const sonde_component *const components[] = {&component};
            static const sonde_entry entry = {
                \(magic), sizeof(sonde_entry), \(major), SONDE_ABI_MINOR, \(needed), 0, "\(plugin)", "\(version)",
                "MIT", "C", components, 1, NULL};

            const sonde_entry *sonde_plugin_main(const sonde_host *host) {
                \(atEntry)
                return &entry;
            }
            """
    }
}
