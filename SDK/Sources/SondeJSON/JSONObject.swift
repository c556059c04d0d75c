/// The members of a JSON object, in the order in which they were written.
///
/// Keys are compared byte by byte: two spellings of `é` that Swift's `String` holds equal are two keys here, as they
/// are two entries in a vocabulary. Two objects are equal when they have the same members, in whatever order.
public struct JSONObject: Sendable {
    /// A key and its value.
    public typealias Member = (key: String, value: JSONValue)

    private var members: [Member]
    /// Where each key stands; nil while the object is so small that a scan is quicker.
    private var positions: [ExactText: Int]?

    private static let largestScannedCount = 16

    /// An object without members.
    public init() {
        members = []
        positions = nil
    }

    /// An object of these members; of equal keys the last value counts, at the place of the first.
    public init(_ pairs: some Sequence<(String, JSONValue)>) {
        self.init()
        for (key, value) in pairs { self[key] = value }
    }

    /// An object of members whose keys are known to differ.
    init(distinct members: [Member]) {
        self.members = members
        positions = nil
        indexIfLarge()
    }

    /// The keys in order.
    public var keys: [String] { members.map(\.key) }

    /// The values in the order of their keys.
    public var values: [JSONValue] { members.map(\.value) }

    /// The value of a key; setting nil removes the member, setting a new key appends it.
    ///
    /// - Complexity: O(1) to read and replace, O(n) to remove.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    private func position(of key: String) -> Int? {
        if let positions { return positions[ExactText(key)] }
        let wanted = ExactText(key)
        return members.firstIndex { ExactText($0.key) == wanted }
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append((key, value))
        if positions == nil { indexIfLarge() } else { positions?[ExactText(key)] = members.count - 1 }
    }

    private mutating func remove(at place: Int) {
        members.remove(at: place)
        positions = nil
        indexIfLarge()
    }

    private mutating func indexIfLarge() {
        guard members.count > Self.largestScannedCount else { return }
        var index = [ExactText: Int](minimumCapacity: members.count)
        for (place, member) in members.enumerated() { index[ExactText(member.key)] = place }
        positions = index
    }
}

extension JSONObject: RandomAccessCollection {
    /// The first place.
    public var startIndex: Int { members.startIndex }

    /// The place after the last.
    public var endIndex: Int { members.endIndex }

    /// The member at a place.
    public subscript(place: Int) -> Member { members[place] }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object with the keys in the order written; of equal keys the last value counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONObject: Hashable {
    /// Whether both have the same members, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
    }

    /// Feeds the members to a hasher, independent of their order.
    public func hash(into hasher: inout Hasher) {
        var combined = 0
        for member in members {
            var memberHasher = Hasher()
            memberHasher.combine(ExactText(member.key))
            memberHasher.combine(member.value)
            combined ^= memberHasher.finalize()
        }
        hasher.combine(combined)
    }
}

/// A text that equals another only if their bytes are the same.
struct ExactText: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
    }
}
