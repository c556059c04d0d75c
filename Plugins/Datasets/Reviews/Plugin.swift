import DatasetKit
import SondeJSON
public import SondeSDK

let plugin = Plugin(
    id: "org.sonde.reviews", version: "0.1.0", licence: "Apache-2.0",
    components: [
        .dataset(
            DatasetDescriptor(
                id: "imdb", summary: "The Large Movie Review Dataset, from its folders of text files",
                options: [
                    .required(
                        "path", .path, "The folder aclImdb with train and test, as its archive unpacks"),
                    OptionDeclaration(
                        "line_breaks", .choice(["space", "newline", "keep"]), default: "space",
                        "What becomes of '<br />', however often it is repeated; the papers keep it"),
                ])
        ) { options, host in
            try LargeMovieReviews(
                folder: options.string("path"), lineBreaks: options.string("line_breaks")
            ).dataset(host: host)
        },
        .dataset(
            DatasetDescriptor(
                id: "movie-rationales", summary: "Movie reviews of the ERASER benchmark, from their folder",
                options: [
                    .required(
                        "path", .path, "The folder movies with train.jsonl, val.jsonl, test.jsonl and docs")
                ])
        ) { options, host in
            try MovieRationales(folder: options.string("path")).dataset(host: host)
        },
    ])

/// The entry that the host calls.
@c @implementation
public func sonde_plugin_main(_ host: HostTable?) -> EntryTable? { plugin.entry(for: host) }
