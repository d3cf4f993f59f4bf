// swift-tools-version: 6.2
import PackageDescription

// `make check` holds our own modules to no warnings; packages have their own rules.
let strictness: [SwiftSetting] = Context.environment["WHARF_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
    strictness + [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableExperimentalFeature("Lifetimes"),
        .strictMemorySafety(),
        // The per-frame path crosses Bytes, Dissection and Analysis: let the optimiser see across modules.
        .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
    ]

/// A module of Wharf; `uses` are the only arrows it may have (docs/Architecture.md).
func module(_ name: String, uses: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: uses, swiftSettings: settings)
}

func tests(of name: String, uses: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + uses, swiftSettings: settings)
}

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioSockets = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let http = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let database = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let keyDerivation = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "Wharf",
    platforms: [.macOS(.v26)],
    products: [.executable(name: "wharf", targets: ["wharf"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
        .systemLibrary(name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"]), .brew(["libpcap"])]),
        .systemLibrary(name: "CPrefetch"),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CPAM", providers: [.apt(["libpam0g-dev"])]),

        module("Bytes", uses: ["CPrefetch", "CZlib", system]),
        module("FTPProtocol", uses: ["Bytes"]),
        module("CaptureFile", uses: ["Bytes", system]),
        module("LiveCapture", uses: ["CaptureFile", "Bytes", "CPcap", system]),
        module("Dissection", uses: ["FTPProtocol", "Bytes", x509, asn1, crypto]),
        module("Analysis", uses: ["Dissection", "CaptureFile", "FTPProtocol", "Bytes", crypto]),
        module("DisplayFilter", uses: ["Dissection", "FTPProtocol", "Bytes", "CPCRE2"]),
        module(
            "Report",
            uses: [
                "DisplayFilter", "Analysis", "Dissection", "LiveCapture", "CaptureFile", "FTPProtocol", "Bytes", system,
            ]),
        module(
            "Transport",
            uses: ["CaptureFile", "FTPProtocol", "Bytes", "COpenSSL", "CLinux", nio, nioSockets, system]),
        module("FTPStorage", uses: ["FTPProtocol", "Bytes", "CLinux", crypto]),
        module(
            "FTPServer",
            uses: [
                "FTPStorage", "Transport", "FTPProtocol", "Bytes", "CPAM", nio, nioSockets, http, logging, database,
                crypto,
                keyDerivation, x509, asn1, configuration, yaml, system,
            ]),
        .executableTarget(
            name: "wharf",
            dependencies: [
                "Report", "DisplayFilter", "Analysis", "LiveCapture", "FTPServer", "FTPStorage", "Transport",
                "CaptureFile",
                "FTPProtocol", "Bytes",
                argumentParser, system,
            ],
            swiftSettings: settings,
            // Runs where no Swift is installed, and begins in half the time.
            linkerSettings: [
                .unsafeFlags(
                    [
                        "-static-stdlib", "-l_FoundationCollections", "-l_FoundationCShims", "-lCoreFoundation",
                        "-l_FoundationICU",
                    ],
                    .when(platforms: [.linux], configuration: .release))
            ]),

        .executableTarget(
            name: "wharf-fuzz",
            dependencies: [
                "Report", "Analysis", "FTPServer", "FTPStorage", "Transport", "CaptureFile", "FTPProtocol", "Bytes",
                argumentParser, system,
            ],
            path: "Fuzz", exclude: ["crashes", "README.md"], swiftSettings: settings),

        .target(
            name: "TestSupport", dependencies: ["Analysis", "CaptureFile", "Bytes"], path: "Tests/TestSupport",
            swiftSettings: settings),
        tests(of: "Bytes"),
        tests(of: "FTPProtocol", uses: ["Bytes"]),
        tests(of: "CaptureFile", uses: ["Bytes", system]),
        tests(of: "LiveCapture", uses: ["CaptureFile", "Bytes", system]),
        tests(
            of: "FTPServer",
            uses: [
                "FTPStorage", "Transport", "CaptureFile", "FTPProtocol", "Bytes", "COpenSSL", nio, nioSockets, system,
            ]),
        tests(of: "Dissection", uses: ["CaptureFile", "FTPProtocol", "Bytes"]),
        tests(of: "DisplayFilter", uses: ["Dissection", "Bytes"]),
        tests(
            of: "Analysis", uses: ["TestSupport", "DisplayFilter", "Dissection", "CaptureFile", "FTPProtocol", "Bytes"]),
        tests(
            of: "Report",
            uses: [
                "TestSupport", "DisplayFilter", "Analysis", "Dissection", "CaptureFile", "FTPProtocol", "Bytes", system,
            ]),
        .testTarget(
            name: "WharfTests", dependencies: ["wharf", "wharf-fuzz", "TestSupport", system], swiftSettings: settings),
    ]
)
