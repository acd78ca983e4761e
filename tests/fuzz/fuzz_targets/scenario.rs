//! Any text: the loader neither panics nor hangs, and its diagnostics can be printed.
#![no_main]

use baraza::render::diagnostics::render;
use baraza::scenario::{Source, load};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let source = Source { name: "fuzz.toml".into(), text: text.into() };
    let loaded = load(&source, &[], None);
    render(&loaded.diagnostics, false);
});
