import Foundation
import TestSupport

/// What a run of the program left behind.
struct Run {
    let status: Int32
    let output: String
    let errors: String
}

/// It stands beside the test bundle that SwiftPM built with it.
let program =
    (Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }.map { $0.deletingLastPathComponent() }
    ?? Bundle.main.bundleURL).appendingPathComponent("wharf")

/// Runs the program as its users do.
func wharf(_ arguments: String..., input: [UInt8] = [], in folder: String? = nil, environment: [String: String] = [:])
    throws -> Run
{
    try wharf(arguments, input: input, in: folder, environment: environment)
}

func wharf(_ arguments: [String], input: [UInt8] = [], in folder: String? = nil, environment: [String: String] = [:])
    throws -> Run
{
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input))
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    let errors = try stderr.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Run(
        status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
        errors: String(decoding: errors, as: UTF8.self))
}

func path(_ capture: String) -> String { "\(Fixtures.root)/captures/\(capture)" }
