// swift-tools-version: 6.3
import PackageDescription

/// Settings shared by every target, so that no target can drift.
let common: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "SDK",
    products: [
        .library(name: "CKernels", targets: ["CKernels"]),
        .library(name: "CSonde", targets: ["CSonde"]),
        .library(name: "DatasetKit", targets: ["DatasetKit"]),
        .library(name: "SondeJSON", targets: ["SondeJSON"]),
        .library(name: "SondeSDK", targets: ["SondeSDK"]),
        .library(name: "Safetensors", targets: ["Safetensors"]),
        .library(name: "SondeStatistics", targets: ["SondeStatistics"]),
        .library(name: "TransformerKit", targets: ["TransformerKit"]),
        .library(name: "COpenBLAS", targets: ["COpenBLAS"]),
    ],
    targets: [
        .systemLibrary(name: "CSonde", path: "include"),
        .systemLibrary(name: "CJSONC", pkgConfig: "json-c", providers: [.apt(["libjson-c-dev"])]),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .target(name: "CKernels", cSettings: [.define("NDEBUG", .when(configuration: .release))]),
        .target(name: "SondeJSON", dependencies: ["CJSONC"]),
        .target(name: "SondeSDK", dependencies: ["CSonde", "SondeJSON"]),
        .target(name: "DatasetKit", dependencies: ["SondeSDK", "SondeJSON"]),
        .target(name: "SondeStatistics"),
        .target(name: "Safetensors", dependencies: ["SondeJSON"]),
        .target(
            name: "TransformerKit",
            dependencies: ["SondeSDK", "SondeJSON", "Safetensors", "CKernels", "COpenBLAS"]
        ),
    ],
    swiftLanguageModes: [.v6]
)
for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + common
}
