// swift-tools-version: 6.3
import PackageDescription

/// Settings shared by every target, so that no target can drift.
let common: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Makes a plugin export its one entry function and nothing else; only lld honours the whole script.
let pluginLinkerSettings: [LinkerSetting] = [
    .unsafeFlags([
        "-use-ld=lld", "-Xlinker", "--version-script=\(Context.packageDirectory)/SDK/plugin.map",
    ])
]

func sdk(_ product: String) -> Target.Dependency { .product(name: product, package: "SDK") }

/// A plugin: the target at `path` and the dynamic library that holds it.
func plugin(_ name: String, path: String, uses products: [String]) -> (Target, Product) {
    (
        .target(
            name: name, dependencies: products.map(sdk), path: path, linkerSettings: pluginLinkerSettings),
        .library(name: name, type: .dynamic, targets: [name])
    )
}

let plugins: [(Target, Product)] = [
    plugin("Bloom", path: "Plugins/Models/Bloom", uses: ["SondeSDK", "TransformerKit"]),
    plugin(
        "Roberta", path: "Plugins/Models/Roberta", uses: ["SondeSDK", "SondeJSON", "TransformerKit"]),
    plugin("T5", path: "Plugins/Models/T5", uses: ["SondeSDK", "TransformerKit"]),
    plugin("JSONLines", path: "Plugins/Datasets/JSONLines", uses: ["SondeSDK", "DatasetKit"]),
    plugin("CSV", path: "Plugins/Datasets/CSV", uses: ["SondeSDK", "SondeJSON", "DatasetKit"]),
    plugin("SuperGLUE", path: "Plugins/Datasets/SuperGLUE", uses: ["SondeSDK", "DatasetKit"]),
    plugin("GLUE", path: "Plugins/Datasets/GLUE", uses: ["SondeSDK", "DatasetKit"]),
    plugin("Ethics", path: "Plugins/Datasets/Ethics", uses: ["SondeSDK", "DatasetKit"]),
    plugin("Reviews", path: "Plugins/Datasets/Reviews", uses: ["SondeSDK", "SondeJSON", "DatasetKit"]),
    plugin(
        "Semantics", path: "Plugins/Probes/Semantics",
        uses: ["SondeSDK", "SondeJSON", "SondeStatistics", "TransformerKit"]),
    plugin("Classification", path: "Plugins/Metrics/Classification", uses: ["SondeSDK", "SondeJSON"]),
]

let package = Package(
    name: "Sonde",
    products: [
        .executable(name: "sonde", targets: ["sonde"]),
        .executable(name: "sonde-bench", targets: ["sonde-bench"]),
    ] + plugins.map(\.1),
    dependencies: [
        .package(path: "SDK"),
        // The command line: parsing, help, completions.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Study files.
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        .target(
            name: "SondeHost",
            dependencies: [
                sdk("SondeSDK"), sdk("SondeJSON"), sdk("SondeStatistics"), sdk("Safetensors"),
                sdk("COpenBLAS"),
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .executableTarget(
            name: "sonde",
            dependencies: [
                "SondeHost", sdk("SondeSDK"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        // Measures BLOOM at the shape of bloomz-560m: `make bench`.
        .target(
            name: "SondeBenchmark",
            dependencies: [
                "SondeHost", sdk("SondeSDK"), sdk("SondeJSON"), sdk("SondeStatistics"), sdk("TransformerKit"),
                sdk("COpenBLAS"),
            ]
        ),
        .executableTarget(
            name: "sonde-bench",
            dependencies: [
                "SondeBenchmark", "SondeHost", sdk("SondeJSON"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        // What tests share: temporary folders, small C plugins, and running the built `sonde`.
        .target(name: "TestSupport", dependencies: [sdk("SondeSDK")], path: "Tests/TestSupport"),
        .testTarget(name: "SondeSDKTests", dependencies: ["TestSupport", sdk("SondeSDK"), sdk("SondeJSON")]),
        .testTarget(
            name: "SondeHostTests",
            dependencies: [
                "SondeHost", "TestSupport", sdk("SondeSDK"), sdk("SondeJSON"), sdk("SondeStatistics"),
                sdk("Safetensors"),
            ]
        ),
        .testTarget(
            name: "ModelTests",
            dependencies: ["SondeHost", "TestSupport", sdk("SondeSDK"), sdk("SondeJSON"), sdk("Safetensors")]
        ),
        .testTarget(
            name: "CommandLineTests", dependencies: ["TestSupport", sdk("SondeJSON"), sdk("Safetensors")]),
        .testTarget(name: "SondeJSONTests", dependencies: [sdk("SondeJSON")]),
        .testTarget(
            name: "PluginTests",
            dependencies: ["SondeHost", "TestSupport", sdk("SondeSDK"), sdk("SondeJSON")]
        ),
        .testTarget(
            name: "SondeBenchmarkTests",
            dependencies: ["SondeBenchmark", "SondeHost", "TestSupport", sdk("SondeSDK"), sdk("SondeJSON")]
        ),
        .testTarget(name: "SondeStatisticsTests", dependencies: [sdk("SondeStatistics"), sdk("SondeJSON")]),
        .testTarget(
            name: "TransformerKitTests",
            dependencies: [
                "TestSupport", sdk("TransformerKit"), sdk("SondeSDK"), sdk("SondeJSON"), sdk("Safetensors"),
                sdk("CKernels"), sdk("COpenBLAS"),
            ]
        ),
    ] + plugins.map(\.0),
    swiftLanguageModes: [.v6]
)
for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + common
}
