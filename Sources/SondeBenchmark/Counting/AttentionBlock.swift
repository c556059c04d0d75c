/// Queries that attend to keys, in one head.
struct AttentionBlock {
    let queries: Int
    let keys: Int
    /// Pairs of a query and a key that it sees.
    let pairs: Int
    let headWidth: Int

    /// All that the way back needs: gradients of probabilities, values, queries and keys.
    var wayBack: [MatrixProduct] { [scores, gathered, sums, gathered] }

    /// Queries times keys, or gradients of sums times values: an entry for each pair.
    var scores: MatrixProduct {
        counted(MatrixProduct(rows: queries, columns: keys, depth: headWidth, isRightTransposed: true))
    }

    /// Probabilities times values, or gradients of scores times keys: a row for each query.
    var sums: MatrixProduct { counted(MatrixProduct(rows: queries, columns: headWidth, depth: keys)) }

    /// Transposed probabilities or gradients of scores times rows of queries: a row for each key.
    var gathered: MatrixProduct {
        counted(MatrixProduct(rows: keys, columns: headWidth, depth: queries, isLeftTransposed: true))
    }

    /// Each of the three kinds of product has a useful term for each pair and column of the head.
    private func counted(_ product: MatrixProduct) -> MatrixProduct {
        var product = product
        product.usefulOperations = 2 * Double(pairs) * Double(headWidth)
        return product
    }
}
