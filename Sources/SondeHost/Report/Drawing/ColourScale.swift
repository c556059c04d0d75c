import Foundation

/// Numbers to shades, evenly to the eye: anchors are joined in the Oklab space, where equal distances look equal.
///
/// Values of one sign run from pale to dark blue; values of both signs run from orange over white to blue, with white at
/// zero. Both survive greyscale print and the common colour deficiencies.
struct ColourScale {
    /// A colour and an ink that can be read on it.
    struct Shade {
        let fill: String
        let ink: String
    }

    /// The values at the ends.
    let domain: ClosedRange<Double>
    private let anchors: [Oklab]

    /// A scale over the values that are finite.
    init(covering values: [Double]) {
        let finite = values.filter(\.isDrawable)
        let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        if low < 0, high > 0 {
            let reach = max(-low, high)
            domain = -reach...reach
            anchors = ["#8f3a06", "#e59a5c", "#f7f5f2", "#6ba3cd", "#12437d"].map(Oklab.init(hexadecimal:))
        } else {
            domain = low...high
            anchors = ["#eef4fa", "#b3d1e8", "#5f9dcb", "#2768a8", "#0d3263"].map(Oklab.init(hexadecimal:))
        }
    }

    /// The shade of a value.
    func shade(of value: Double) -> Shade {
        let span = domain.upperBound - domain.lowerBound
        let share = span > 0 ? min(max((value - domain.lowerBound) / span, 0), 1) : 0.35
        let place = share * Double(anchors.count - 1)
        let index = min(Int(place), anchors.count - 2)
        let colour = anchors[index].mixed(with: anchors[index + 1], share: place - Double(index))
        return Shade(fill: colour.hexadecimal, ink: colour.lightness > 0.62 ? Palette.ink : Palette.paper)
    }
}

/// A colour in Oklab.
///
/// Source of the matrices: Ottosson, A perceptual color space for image processing, 2020.
private struct Oklab {
    var lightness: Double
    var a: Double
    var b: Double

    init(lightness: Double, a: Double, b: Double) {
        self.lightness = lightness
        self.a = a
        self.b = b
    }

    init(hexadecimal: String) {
        let code = Int(hexadecimal.dropFirst(), radix: 16) ?? 0
        let channels = [16, 8, 0].map { shift -> Double in
            let value = Double((code >> shift) & 0xFF) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let (red, green, blue) = (channels[0], channels[1], channels[2])
        let long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        let medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        let short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
        a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    }

    func mixed(with other: Oklab, share: Double) -> Oklab {
        Oklab(
            lightness: lightness + (other.lightness - lightness) * share,
            a: a + (other.a - a) * share,
            b: b + (other.b - b) * share)
    }

    var hexadecimal: String {
        let long = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3)
        let medium = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3)
        let short = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3)
        let linear = [
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        ]
        let code = linear.reduce(0) { code, channel in
            let clipped = min(max(channel, 0), 1)
            let value = clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * pow(clipped, 1 / 2.4) - 0.055
            return code << 8 | Int((value * 255).rounded())
        }
        let digits = String(code, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
