import Foundation
import FoundationXML

/// An element as a strict XML parser reads it.
final class XMLTree {
    let name: String
    let attributes: [String: String]
    private(set) var children: [XMLTree] = []
    private(set) var text = ""

    private init(name: String, attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    /// The root element of a document.
    ///
    /// - Throws: what the parser finds wrong.
    static func root(of document: String) throws -> XMLTree {
        let parser = XMLParser(data: Data(document.utf8))
        let reader = Reader()
        parser.delegate = reader
        guard parser.parse(), let root = reader.root.children.first else {
            throw parser.parserError ?? CocoaError(.coderReadCorrupt)
        }
        return root
    }

    /// All elements below and including this one, in document order.
    var all: [XMLTree] { [self] + children.flatMap(\.all) }

    /// All elements of a class.
    func elements(ofClass role: String) -> [XMLTree] {
        all.filter { ($0.attributes["class"] ?? "").split(separator: " ").contains(Substring(role)) }
    }

    /// All elements of a name.
    func elements(named name: String) -> [XMLTree] { all.filter { $0.name == name } }

    /// An attribute as a number.
    func number(_ attribute: String) -> Double { attributes[attribute].flatMap(Double.init) ?? .nan }

    /// The text of this element and all below it.
    var wholeText: String { text + children.map(\.wholeText).joined() }

    private final class Reader: NSObject, XMLParserDelegate {
        let root = XMLTree(name: "", attributes: [:])
        private lazy var open = [root]

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let element = XMLTree(name: name, attributes: attributes)
            open.last?.children.append(element)
            open.append(element)
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            open.removeLast()
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.text += string }
    }
}
