//! Codes for phones' cameras.

use qrcodegen::{QrCode, QrCodeEcc};

/// A code in half blocks, two rows of squares a line, with its quiet zone; empty where the text is too long for one.
pub fn terminal(text: &str) -> String {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Low) else { return String::new() };
    let dark = |x: i32, y: i32| code.get_module(x, y);
    let (from, to) = (-2, code.size() + 2);
    let mut out = String::new();
    for y in (from..to).step_by(2) {
        for x in from..to {
            // Light squares are drawn: terminals are mostly dark.
            out.push(match (dark(x, y), dark(x, y + 1)) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        out.push('\n');
    }
    out
}

/// A code as a picture for a page.
pub(super) fn svg(text: &str) -> String {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return String::new() };
    let size = code.size();
    let squares =
        (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
    let path: String = squares.map(|(x, y)| format!("M{x},{y}h1v1h-1z")).collect();
    format!(
        "<svg class=\"qr\" viewBox=\"-2 -2 {0} {0}\" role=\"img\" aria-label=\"The address as a code for a camera\">\
         <path fill=\"#fff\" d=\"M-2,-2h{0}v{0}h-{0}z\"/><path fill=\"#000\" d=\"{path}\"/></svg>",
        size + 4
    )
}
