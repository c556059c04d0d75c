import Foundation
import SondeJSON
import SondeSDK
import Testing

/// The bundled metrics beside scikit-learn's; see record_metrics.py.
@Suite struct MetricTests {
    private struct Reference: Decodable {
        let labels: [Labels]
        let texts: [Texts]

        struct Labels: Decodable {
            let labelCount: Int
            let predicted: [Int]
            let expected: [Int]
            let accuracy: Double
            let f1: [Double]
            let macroF1: Double
            let matthews: Double

            var predictions: Predictions {
                Predictions(predicted: predicted, expected: expected, labelCount: labelCount)
            }
        }

        struct Texts: Decodable {
            let said: String
            let expected: String
            let isRight: Bool
        }
    }

    private let reference: Reference

    init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appending(path: "Fixtures/metrics/reference.json")
        reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }

    private func value(
        _ metric: String, _ predictions: Predictions, options: JSONObject = [:]
    ) throws -> Double {
        try BundledPlugins.metric(metric, options).value(of: predictions)
    }

    private func texts(_ said: [String], _ expected: [String]) -> Predictions {
        let labels = Array(repeating: 0, count: said.count)
        return Predictions(
            predicted: labels, expected: labels, labelCount: 1, predictedTexts: said, expectedTexts: expected)
    }

    @Test("Labels are judged as scikit-learn judges them, absent and constant ones too")
    func labels() throws {
        #expect(reference.labels.count >= 10)
        for item in reference.labels {
            func expect(_ metric: String, _ expected: Double, _ options: JSONObject = [:]) throws {
                let found = try value(metric, item.predictions, options: options)
                #expect(abs(found - expected) < 1e-12, "\(metric) of \(item)")
            }
            try expect("accuracy", item.accuracy)
            try expect("macro-f1", item.macroF1)
            try expect("matthews", item.matthews)
            for (label, f1) in item.f1.enumerated() {
                try expect("f1", f1, ["positive": .integer(Int64(label))])
            }
            if item.labelCount == 2 { try expect("f1", item.f1[1]) }
        }
    }

    @Test("Texts match but for white space at the ends, runs of it, and case")
    func exactMatch() throws {
        for item in reference.texts {
            let value = try value("exact-match", texts([item.said], [item.expected]))
            #expect(value == (item.isRight ? 1 : 0), "\(item)")
        }
        #expect(try value("exact-match", texts(["a", "b", "c", "d"], ["a", "b", "c", "e"])) == 0.75)
    }

    @Test(
        "No metric is defined for no predictions, nor for a label that there is not",
        arguments: ["accuracy", "f1", "macro-f1", "matthews"])
    func undefined(metric: String) {
        func refused(_ predicted: [Int], _ expected: [Int], _ words: String) {
            let predictions = Predictions(predicted: predicted, expected: expected, labelCount: 2)
            #expect(performing: { try value(metric, predictions) }, throws: { "\($0)".contains(words) })
        }
        refused([], [], "not defined")
        refused([0, 0], [0, -1], "Item 1 has the right label -1")
        refused([2], [0], "Item 0 is predicted as 2")
    }

    @Test("F1 of more than two labels needs the positive one, exact match needs texts")
    func incomplete() {
        let three = Predictions(predicted: [0, 2], expected: [0, 1], labelCount: 3)
        #expect(
            performing: { try value("f1", three) },
            throws: { "\($0)".contains("needs the option 'positive'") })
        #expect(
            performing: { try value("f1", three, options: ["positive": 3]) },
            throws: { "\($0)".contains("labels are 0 to 2") })
        #expect(
            performing: { try value("exact-match", three) },
            throws: { "\($0)".contains("Without generated texts") })
    }
}
