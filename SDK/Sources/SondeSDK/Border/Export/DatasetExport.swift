import CSonde

/// The C functions of datasets.
enum DatasetExport {
    typealias Box = Instance<any Dataset>

    nonisolated(unsafe) static let table: UnsafePointer<sonde_dataset_table> = {
        let memory = UnsafeMutablePointer<sonde_dataset_table>.allocate(capacity: 1)
        memory.initialize(
            to: sonde_dataset_table(
                struct_size: size(of: sonde_dataset_table.self),
                create: { host, component, options, result in
                    Box.create(host, component, options, result) { component, options, host in
                        guard case .dataset(_, let create) = component else { return nil }
                        return try create(options, host)
                    }
                },
                destroy: { Box.release($0) },
                describe: { dataset, sink in
                    Box.use(dataset) { try sink?.write(json: $0.value.description()) }
                },
                read: { dataset, split, first, count, examples in
                    Box.use(dataset) { box in
                        guard let examples else {
                            throw SondeError.invalidArgument(
                                "read was called without a place for the examples.")
                        }
                        let (end, overflow) = first.addingReportingOverflow(count)
                        guard !overflow, end <= UInt64(Int.max) else {
                            throw SondeError.invalidArgument("read was asked for too many examples.")
                        }
                        let read = try box.value.examples(of: text(split), Int(first)..<Int(end))
                        let scratch = Scratch()
                        write(read.lent(in: scratch), covering: examples)
                        box.lent = scratch
                    }
                }))
        return UnsafePointer(memory)
    }()
}

extension Examples {
    fileprivate func lent(in scratch: Scratch) -> sonde_examples {
        let columns = columns.map { column in
            sonde_column(
                offsets: scratch.copy(column.offsets),
                bytes: scratch.text(column.bytes))
        }
        return sonde_examples(
            struct_size: size(of: sonde_examples.self), count: UInt64(count), columns: scratch.copy(columns),
            column_count: UInt64(columns.count), labels: scratch.copy(labels), lines: scratch.copy(lines))
    }
}
