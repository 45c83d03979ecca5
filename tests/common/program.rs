//! Runs the program in a test's folder.

use std::process::Command;

use super::common::{Bench, Done};

impl Bench {
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tapecheck"));
        for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("TAPECHECK_")) {
            command.env_remove(name);
        }
        command.current_dir(self.path("")).args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Done {
        Done::of(&self.command(arguments).output().expect("the program runs"))
    }
}

impl Done {
    /// The JSON records of stdout.
    pub fn records(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|l| serde_json::from_str(l).expect("a JSON object a line")).collect()
    }
}
