//! Writes two things into the build: the sample site, and a version of the
//! extractor that changes whenever its rules do.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the extractor's results depend on.
const RULES: &[&str] = &["src/model", "src/parse", "src/extract", "src/lexicon", "lexicon"];

const SITE: &str = "corpus/sample/site";

fn main() -> io::Result<()> {
    let root =
        PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| io::Error::other("no manifest folder"))?);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no output folder"))?);

    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for folder in RULES {
        println!("cargo::rerun-if-changed={folder}");
        for file in files(&root.join(folder))? {
            for byte in fs::read(file)? {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    println!("cargo::rustc-env=TAPECHECK_EXTRACTOR={version}-{hash:016x}");

    println!("cargo::rerun-if-changed={SITE}");
    let site = root.join(SITE);
    let mut list = String::from("&[\n");
    for file in files(&site)? {
        let name = file.strip_prefix(&site).map_err(io::Error::other)?;
        list.push_str(&format!("    ({:?}, include_bytes!({:?})),\n", format!("/{}", name.display()), file));
    }
    list.push(']');
    fs::write(out.join("site.rs"), list)
}

/// All files under a folder, sorted; none where there is no folder.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
