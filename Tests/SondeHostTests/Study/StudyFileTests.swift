import SondeHost
import Testing

/// What a study file may not say, whatever plugins there are.
@Suite struct StudyFileTests {
    private static let sound = StudyFixture.yaml()

    @Test(arguments: [
        ("name: a\nname: b", "study.yaml:1:1: the key 'name' stands twice in one map"),
        ("modles: {}", "study.yaml:1:1: unknown key 'modles' of the study; did you mean 'models'?"),
        ("- a", "study.yaml:1:1: the study must be names with values, not a list"),
        ("tasks: {}", "study.yaml:1:1: the study has no 'models'"),
        ("models: 3\ntasks: {}", "study.yaml:1:9: 'models' must be names with values, not a number"),
        (
            "models: {a: {paht: x}}\ntasks: {}",
            "study.yaml:1:14: unknown key 'paht' of model 'a'; did you mean 'path'?"
        ),
        ("models: {a/b: x}\ntasks: {}", "study.yaml:1:10: the name of a model must not be empty or have '/'"),
        ("models: {}\ntasks: {t: {}}", "study.yaml:2:12: task 't' has no 'dataset'"),
        (
            "models: {}\ntasks: {t: {dataset: d, template: '{x}', candidates: 3}}",
            "study.yaml:2:54: the candidates of task 't' must be names with values, not a number"
        ),
        (
            "models: {}\ntasks: {t: {dataset: d, template: '{x}', candidates: [a], variants: {masked: {}}}}",
            "study.yaml:2:78: the variant 'masked' of task 't' has no 'template'"
        ),
        ("models: {}\ntasks: {}\nseeds: [1, 2, 1]", "study.yaml:3:15: the seed 1 stands twice"),
        ("models: {}\ntasks: {}\nseeds: [one]", "study.yaml:3:9: a seed must be a whole number, not a text"),
        ("models: {}\ntasks: {}\ntuning: {}", "study.yaml:3:9: the study tunes prompts but has no 'seeds'"),
        ("models: {}\ntasks: {}\nprobes: {p: {}}", "study.yaml:3:13: probe 'p' has no 'probe'"),
        (
            "name: a/b\nmodels: {}\ntasks: {}",
            "study.yaml:1:7: 'name' becomes a folder's name, so it must not have '/' or begin with '.'"
        ),
        ("", "study.yaml: the study is empty"),
    ])
    func isRefusedWithItsPlace(yaml: String, sentence: String) {
        let refused = refusal { _ = try StudyFile(yaml: yaml, path: "study.yaml") }
        #expect(refused?.sentence == sentence)
        #expect(refused?.code == 65)
    }

    @Test func textThatIsNoYAMLIsRefusedWithItsPlace() {
        let refused = refusal { _ = try StudyFile(yaml: "models: [a\ntasks: }", path: "study.yaml") }
        #expect(refused?.sentence.hasPrefix("study.yaml:2:") == true)
        #expect(refused?.sentence.contains("this is no YAML") == true)
    }

    @Test func nameIsThatOfTheFileUnlessGiven() throws {
        #expect(try StudyFile(yaml: "models: {}\ntasks: {}", path: "/x/my study.yaml").name == "my study")
        #expect(try StudyFile(yaml: Self.sound, path: "study.yaml").name == "small")
    }

    @Test func pluginsAreRelativeToTheFile() throws {
        let file = try StudyFile(
            yaml: "plugins: [a/b.so, /c.so]\nmodels: {}\ntasks: {}", path: "/x/y/study.yaml")
        #expect(file.plugins == ["/x/y/a/b.so", "/c.so"])
    }

    @Test func missingFileIsTold() {
        let refused = refusal { _ = try StudyFile(path: "/nowhere/study.yaml") }
        #expect(refused?.sentence.contains("/nowhere/study.yaml") == true)
        #expect(refused?.code == 65)
    }
}
