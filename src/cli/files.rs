//! Reading files, and the door for writing them as the command line speaks of it.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::store::{Door, Fault, Why, plain};

use super::exit::{Exit, Failure};
use super::folder;

/// The most that is read of a file, in bytes; no scenario and no trace is nearly as large.
const MOST: u64 = 256 * 1024 * 1024;

/// The name under which standard input is asked for.
pub const STDIN: &str = "-";

/// Reads a text file, or standard input for `-`.
///
/// # Errors
/// When it cannot be read, or is no text.
pub fn read(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let failed = |what: String| Failure::new(Exit::Files, what);
    let mut bytes = Vec::new();
    let result = if path.as_os_str() == STDIN {
        std::io::stdin().lock().take(MOST + 1).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes))
    };
    result.map_err(|e| failed(format!("{name} cannot be read: {}", plain(&e))))?;
    if bytes.len() as u64 > MOST {
        return Err(failed(format!("{name} is larger than 256 MiB: it is no scenario and no trace")));
    }
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    String::from_utf8(bytes).map_err(|e| failed(format!("{name} is not UTF-8: {}", encoding(e.as_bytes()))))
}

/// What some editors put before a text in UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What a file that is not UTF-8 probably is, and what to do.
fn encoding(bytes: &[u8]) -> &'static str {
    let (first, zeros) = (bytes.get(..2), bytes.iter().take(1024).filter(|b| **b == 0).count());
    match first {
        Some([0xff, 0xfe] | [0xfe, 0xff]) => "it is UTF-16, as Windows calls “Unicode”; save it as UTF-8",
        _ if zeros > 0 => "it is no text file",
        _ => "it is a text of an older encoding, such as Windows-1252 or Latin-1; save it as UTF-8",
    }
}

/// The door of a command that reads these scenarios, domains or other files.
pub fn door<'a>(force: bool, inputs: impl IntoIterator<Item = &'a Path>) -> Door {
    let mut door = Door::new(force);
    for input in inputs {
        door = folder::files(input).iter().fold(door, |door, file| door.reading(file));
    }
    door
}

/// The failure that a place is in which a command may overwrite with `--force`; `flag` is the option that named it.
pub fn refused(flag: &str) -> impl Fn(Fault) -> Failure + '_ {
    move |fault| {
        let advice = match fault.why {
            Why::Exists | Why::Filled => "; choose another one, or add --force",
            _ => "",
        };
        failure(flag, &fault, advice)
    }
}

/// The same where nothing is overwritten at all.
pub fn refused_new(flag: &str) -> impl Fn(Fault) -> Failure + '_ {
    move |fault| {
        let exists = matches!(fault.why, Why::Exists | Why::Appeared);
        failure(flag, &fault, if exists { "; choose another name" } else { "" })
    }
}

fn failure(flag: &str, fault: &Fault, advice: &str) -> Failure {
    let exit = match fault.why {
        Why::NoName | Why::Twice => Exit::Usage,
        _ => Exit::Files,
    };
    Failure::new(exit, format!("{flag} {fault}{advice}").trim_start())
}
