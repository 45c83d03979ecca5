//! Runs the program as a user who may not do everything: as oneself, or, for
//! root, as a user without rights.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::common::{Bench, Done};

/// Nobody.
const NOBODY: u32 = 65534;

/// A user without rights, and the program for him.
pub struct Ordinary<'b> {
    bench: &'b Bench,
    program: PathBuf,
    nobody: bool,
}

impl Bench {
    /// Hands the scratch folder to an ordinary user. `None`, said aloud, where
    /// root cannot become another.
    pub fn ordinary(&self) -> Option<Ordinary<'_>> {
        let folder = self.path("");
        let program = PathBuf::from(env!("CARGO_BIN_EXE_tapecheck"));
        if fs::metadata(&folder).expect("the folder").uid() != 0 {
            return Some(Ordinary { bench: self, program, nobody: false });
        }
        give(&folder);
        let mut user = Ordinary { bench: self, program, nobody: true };
        if !user.runs() {
            // The program may stand in a folder of root's own.
            let copy = self.path("tapecheck");
            fs::copy(&user.program, &copy).expect("a copy of the program");
            user.program = copy;
        }
        let runs = user.runs();
        if !runs {
            eprintln!("skipped: root cannot become another user here");
        }
        runs.then_some(user)
    }
}

/// Gives a folder and what is in it to nobody.
fn give(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).expect("another owner");
    if path.is_dir() && !path.is_symlink() {
        for entry in fs::read_dir(path).expect("a folder").flatten() {
            give(&entry.path());
        }
    }
}

impl Ordinary<'_> {
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("TAPECHECK_")) {
            command.env_remove(name);
        }
        if self.nobody {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.current_dir(self.bench.path(""));
        command
    }

    fn runs(&self) -> bool {
        self.command().arg("--version").output().is_ok_and(|o| o.status.success())
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) -> Done {
        Done::of(&self.command().args(arguments).output().expect("the program runs"))
    }

    fn set(&self, names: &[&str], folder: u32, file: u32) {
        for name in names {
            let path = self.bench.path(name);
            let mode = if path.is_dir() { folder } else { file };
            fs::set_permissions(path, Permissions::from_mode(mode)).expect("permissions");
        }
    }

    /// Nobody may read or write these.
    pub fn close(&self, names: &[&str]) {
        self.set(names, 0, 0);
    }

    /// Nobody may write these, or into these.
    pub fn protect(&self, names: &[&str]) {
        self.set(names, 0o555, 0o444);
    }

    /// As usual again.
    pub fn open(&self, names: &[&str]) {
        self.set(names, 0o755, 0o644);
    }
}
