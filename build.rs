//! Says of which sources the library is built, and puts the workbench's WebAssembly into the program where there is one.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// What answers do not follow from: the command line, classes, files, and the workbench's page with its scripts.
const APART: [&str; 7] = ["cli", "room", "serve", "store", "main.rs", "workbench/page", "workbench/page.rs"];
/// Where `web/build` puts the WebAssembly.
const DIST: &str = "web/dist";

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if APART.iter().any(|apart| path == Path::new("src").join(apart)) {
            continue;
        }
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// A hash over names and contents, whatever the platform calls folders apart and ends lines with.
fn hash() -> String {
    let mut found = Vec::new();
    files(Path::new("src"), &mut found);
    let name = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
    found.sort_by_key(name);
    let mut hash = Sha256::new();
    for path in &found {
        let mut text = fs::read(path).unwrap_or_default();
        text.retain(|byte| *byte != b'\r');
        hash.update(name(path).as_bytes());
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(&text);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn main() {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rustc-env=BARAZA_SOURCES={}", hash());
    // Without the command line nobody writes a page; the folder is committed, so that watching it never builds anything in vain.
    if std::env::var_os("CARGO_FEATURE_CLI").is_none() {
        return;
    }
    let wasm = Path::new(DIST).join("workbench.wasm.gz");
    let out = std::env::var("OUT_DIR").map(PathBuf::from).expect("cargo says where to");
    let bytes = fs::read(&wasm).unwrap_or_default();
    fs::write(out.join("workbench.wasm.gz"), bytes).expect("cargo's folder can be written");
    if Path::new(DIST).is_dir() {
        println!("cargo::rerun-if-changed={DIST}");
    }
}
