public import SondeSDK

/// Everything a report says, before it is set as a page.
public struct ReportDocument: Sendable, Codable, Hashable {
    /// What stands at the top.
    public var title: String
    /// The study that it reports.
    public var study: String
    /// When it was made (ISO 8601).
    public var date: String
    /// How its numbers came about: versions, digests, seeds, machine.
    public var provenance: [Fact]
    /// What was found, in reading order.
    public var sections: [Section]
    /// What did not finish.
    public var failures: [Failure]

    /// A report.
    public init(
        title: String, study: String, date: String, provenance: [Fact] = [], sections: [Section] = [],
        failures: [Failure] = []
    ) {
        self.title = title
        self.study = study
        self.date = date
        self.provenance = provenance
        self.sections = sections
        self.failures = failures
    }

    /// A named fact.
    public struct Fact: Sendable, Codable, Hashable {
        /// Its name.
        public var name: String
        /// What is the case.
        public var value: String

        /// A fact.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The findings of one probe, or of the tuning itself.
    public struct Section: Sendable, Codable, Hashable {
        /// Its heading.
        public var heading: String
        /// Tables, figures and statements.
        public var findings: Findings

        /// A section.
        public init(heading: String, findings: Findings) {
            self.heading = heading
            self.findings = findings
        }
    }

    /// A piece of work that did not finish.
    public struct Failure: Sendable, Codable, Hashable {
        /// Which one.
        public var name: String
        /// Why, in one sentence.
        public var reason: String
        /// What it wrote before it ended.
        public var log: String

        /// A failure; control characters of reason and log are replaced by their names.
        public init(name: String, reason: String, log: String) {
            self.name = name
            self.reason = VisibleText.block(reason)
            self.log = VisibleText.block(log)
        }
    }
}
