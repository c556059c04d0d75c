// swift-tools-version: 6.3
import PackageDescription

let sdk = "../../../SDK"

let package = Package(
    name: "prompt-norms",
    products: [.library(name: "PromptNorms", type: .dynamic, targets: ["PromptNorms"])],
    dependencies: [.package(path: sdk)],
    targets: [
        .target(
            name: "PromptNorms",
            dependencies: [.product(name: "SondeSDK", package: "SDK")],
            linkerSettings: [
                // A plugin exports its entry function and nothing else.
                .unsafeFlags([
                    "-use-ld=lld", "-Xlinker",
                    "--version-script=\(Context.packageDirectory)/\(sdk)/plugin.map",
                ])
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
