//! Reading all of a folder.

use std::fs;
use std::path::Path;

use super::beside;
use super::fault::Fault;

/// Every file of a folder and of those within it, by its name from there with `/`, in the order of names. Files in the making and
/// links are left out.
///
/// # Errors
/// When one cannot be read.
pub fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let mut found = Vec::new();
    gather(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn gather(folder: &Path, within: &str, found: &mut Vec<(String, Vec<u8>)>) -> Result<(), Fault> {
    for entry in fs::read_dir(folder).map_err(Fault::unreadable(folder))? {
        let entry = entry.map_err(Fault::unreadable(folder))?;
        let (path, name) = (entry.path(), format!("{within}{}", entry.file_name().to_string_lossy()));
        let kind = entry.file_type().map_err(Fault::unreadable(&path))?;
        if kind.is_dir() {
            gather(&path, &format!("{name}/"), found)?;
        } else if kind.is_file() && !beside::is_one(&entry.file_name()) {
            found.push((name, fs::read(&path).map_err(Fault::unreadable(&path))?));
        }
    }
    Ok(())
}
