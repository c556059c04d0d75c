/// A token that is recognised in a text before anything else happens to it.
struct AddedToken {
    let content: String
    let id: Int32
    /// Whether it is left out of decoded text on demand.
    let isSpecial: Bool
    /// Whether it is found only where no character of a word adjoins it.
    let isSingleWord: Bool
    /// Whether it takes the white space before it.
    let takesSpaceBefore: Bool
    /// Whether it takes the white space after it.
    let takesSpaceAfter: Bool
    /// Whether it is looked for in the normalised text, which is after all tokens that are not.
    let isNormalised: Bool

    /// A special token that is found wherever its content stands.
    init(special content: String, id: Int32) {
        self.content = content
        self.id = id
        isSpecial = true
        isSingleWord = false
        takesSpaceBefore = false
        takesSpaceAfter = false
        isNormalised = false
    }

    /// Reads an element of `added_tokens`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        content = try field.required("content").string
        id = try field.required("id").id
        isSpecial = try field.boolean("special", absent: false)
        isSingleWord = try field.boolean("single_word", absent: false)
        takesSpaceBefore = try field.boolean("lstrip", absent: false)
        takesSpaceAfter = try field.boolean("rstrip", absent: false)
        isNormalised = try field.boolean("normalized", absent: !isSpecial)
    }
}
