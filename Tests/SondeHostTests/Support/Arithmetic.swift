import Foundation

func exponential(_ value: Double) -> Double { exp(value) }

/// log Σ exp, without overflow.
func logarithmOfSum(_ values: [Double]) -> Double {
    let highest = values.max() ?? 0
    return highest + log(values.reduce(0) { $0 + exp($1 - highest) })
}

/// The norm of the difference over the norm of the reference.
func relativeDistance(_ values: [Float], _ reference: [Float]) -> Double {
    let difference = zip(values, reference).reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
    return (difference / reference.reduce(1e-30) { $0 + Double($1) * Double($1) }).squareRoot()
}
