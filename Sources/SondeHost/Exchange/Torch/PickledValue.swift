/// What a pickle builds, as far as files of tensors go.
indirect enum PickledValue {
    /// Elements that are added after the list has been made and remembered.
    final class List {
        var elements: [PickledValue] = []
    }

    /// Members that are added after the dictionary has been made and remembered.
    final class Dictionary {
        var members: [(key: PickledValue, value: PickledValue)] = []
    }

    case none
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list(List)
    case dictionary(Dictionary)
    case tuple([PickledValue])
    /// A class or function, by its name.
    case name(PickledName)
    /// Numbers in a file of the archive.
    case storage(TensorStorage)
    case tensor(PickledTensor)
    /// Where the elements of a tuple begin on the stack.
    case mark
}

/// The classes and functions that a file of tensors names; no other is let in.
enum PickledName: String {
    case tensor = "torch._utils _rebuild_tensor_v2"
    case parameter = "torch._utils _rebuild_parameter"
    case orderedDictionary = "collections OrderedDict"
    case half = "torch HalfStorage"
    case single = "torch FloatStorage"
    case double = "torch DoubleStorage"
    case brain = "torch BFloat16Storage"

    /// Bytes of an element of a storage; `nil` for what is none.
    var elementSize: Int? {
        switch self {
        case .half, .brain: 2
        case .single: 4
        case .double: 8
        case .tensor, .parameter, .orderedDictionary: nil
        }
    }
}

/// Numbers in a file of the archive.
struct TensorStorage {
    let type: PickledName
    /// The name of the file in the folder `data`.
    let key: String
    let count: Int
}

/// A view of a storage.
struct PickledTensor {
    let storage: TensorStorage
    /// The first element.
    let offset: Int
    let shape: [Int]
    /// Distances between neighbours along each axis, in elements.
    let strides: [Int]
}
