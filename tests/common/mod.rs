//! Runs the program in a folder of its own.
#![allow(dead_code)] // each test file uses its part

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A scratch folder with its own corpus and index.
pub struct Bench {
    dir: tempfile::TempDir,
}

impl Bench {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a scratch folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file, making its folder.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tapecheck"));
        for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("TAPECHECK_")) {
            command.env_remove(name);
        }
        command.current_dir(self.dir.path()).args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Done {
        Done::of(&self.command(arguments).output().expect("the program runs"))
    }
}

/// How a run ended.
#[derive(Debug)]
pub struct Done {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Done {
    pub fn of(output: &Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The JSON records of stdout.
    pub fn records(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|l| serde_json::from_str(l).expect("a JSON object a line")).collect()
    }

    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }
}

/// A short article with figures, as HTML.
pub fn article(n: usize) -> String {
    format!(
        "<html><head><title>Company {n} lifts spending</title><link rel=\"canonical\" href=\"https://tape.example/a/{n}\"></head>\
         <body><article><h1>Company {n} lifts spending</h1><p>Microsoft raised its capital spending to ${n}.5 billion in 2025, the company said on Thursday.</p>\
         <p>Its shares fell {n}% after the report, while the wider market rose 1.2% on hopes of lower interest rates this year.</p>\
         <p>Analysts of the firm numbered {n} expect revenue of ${n}0 billion in the coming fiscal year and a margin of 41%.</p></article></body></html>"
    )
}

/// Number of files under a folder, for seeing that nothing was added.
pub fn sizes(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut list: Vec<(PathBuf, u64)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| (e.path(), e.metadata().map_or(0, |m| m.len())))
        .collect();
    list.sort();
    list
}
