//! Negotiation domains in the formats of other programs.

use std::fs;

use crate::exchange::{genius, geniusweb};

use crate::cli::args::{Export, ExportFormat};
use crate::cli::exit::{Exit, Failure};
use crate::cli::terminal::Terminal;
use crate::cli::{analyze, files};

/// Writes the files, and says what the format cannot say.
pub(super) fn carry_out(options: &Export, terminal: &Terminal) -> Result<Exit, Failure> {
    let domain = analyze::domain(&options.file, &options.parties)?;
    let written = match options.format {
        ExportFormat::Genius => genius::write(&domain),
        _ => geniusweb::write(&domain),
    };
    let remarks = domain.findings.iter().map(|f| format!("note: {f}\n"));
    let losses = written.losses.iter().map(|loss| format!("changed: {loss}\n"));
    terminal.remark(&remarks.chain(losses).collect::<String>());
    fs::create_dir_all(&options.out).map_err(|e| {
        let why = files::plain(&e);
        Failure::new(Exit::Files, format!("{} cannot be made: {why}", options.out.display()))
    })?;
    // All or nothing: no file is written if one of them is in the way.
    if let Some(there) = written.files.iter().map(|f| options.out.join(&f.name)).find(|p| p.exists()) {
        let message =
            format!("{} exists already and is left as it is: choose another folder", there.display());
        return Err(Failure::new(Exit::Files, message));
    }
    for file in &written.files {
        files::create(&options.out.join(&file.name), &file.text)?;
    }
    terminal.print(&format!("Wrote {} files to {}.\n", written.files.len(), options.out.display()))?;
    Ok(Exit::Fine)
}
