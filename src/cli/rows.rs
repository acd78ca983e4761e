//! A table of single runs, or of single pairs of runs: written batch by batch as they are played, so that few rows are in memory
//! however many there are, in the order of the runs on any number of threads.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use crate::analysis::ensemble::Range;
use crate::document::dataset::BYTE_ORDER_MARK;
use crate::drivers::parallel::Pool;
use crate::store::{Door, plain, publish};

use super::exit::{Exit, Failure};
use super::files;
use super::pace::Pace;
use super::study::{Progress, stopped};
use super::terminal::Terminal;

/// The most rows that are in memory at once.
const BATCH: u32 = 8192;

/// A table to be made.
pub(super) struct Rows<'a> {
    /// The option that asks for it.
    pub(super) flag: &'static str,
    /// Where it goes.
    pub(super) place: (&'a Door, &'a Path),
    /// The line of names.
    pub(super) head: String,
    /// Its runs.
    pub(super) range: Range,
    /// How many rows a run has.
    pub(super) worlds: usize,
    /// What the runs are played on.
    pub(super) pool: &'a Pool,
    /// Whether it begins with a byte order mark.
    pub(super) excel: bool,
    /// Plays runs on all threads of the current pool: their rows, in order.
    pub(super) play: &'a (dyn Fn(Range) -> Vec<String> + Sync),
}

impl Rows<'_> {
    /// Plays the runs and writes their rows. Whether it came to the end: where somebody stops it nothing is written.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn write(&self, terminal: &Terminal) -> Result<bool, Failure> {
        let failed = files::refused(self.flag);
        let (door, path) = self.place;
        let mut staged = door.stage(path).map_err(&failed)?;
        let mut body = staged.body().map_err(&failed)?;
        let all =
            self.each(&mut |row| body.write_all(row.as_bytes())).map_err(|e| failed(staged.failed(e)))?;
        if !all {
            terminal.remark(&format!("{} is not written: not all of its runs were played\n", path.display()));
            return Ok(false);
        }
        staged.finish(&self.beginning(), body).map_err(&failed)?;
        publish(vec![staged]).map_err(&failed)?;
        terminal.remark(&format!("wrote {}\n", path.display()));
        Ok(true)
    }

    /// The same, but a file that holds these rows already is kept. Any other is left as it is, and refused.
    ///
    /// # Errors
    /// When the file is another one, or cannot be read or written.
    pub(super) fn write_or_keep(&self, terminal: &Terminal) -> Result<bool, Failure> {
        let (door, path) = self.place;
        if door.overwrites() || path.symlink_metadata().is_err() {
            return self.write(terminal);
        }
        match self.is_there() {
            Ok(Some(true)) => {
                terminal.remark(&format!("{} holds these rows already and is kept\n", path.display()));
                Ok(true)
            }
            Ok(Some(false)) => {
                // It holds something else: the door says what is to be done.
                door.check(path).map_err(files::refused(self.flag))?;
                self.write(terminal)
            }
            Ok(None) => Ok(false),
            Err(e) => {
                Err(Failure::new(Exit::Files, format!("{} cannot be read: {}", path.display(), plain(&e))))
            }
        }
    }

    /// Whether the file holds these rows and no others; `None` where somebody stopped the comparison.
    fn is_there(&self) -> io::Result<Option<bool>> {
        let mut there = BufReader::new(File::open(self.place.1)?);
        let mut same = next_is(&mut there, self.beginning().as_bytes())?;
        let all = self.each(&mut |row| {
            same = same && next_is(&mut there, row.as_bytes())?;
            Ok(())
        })?;
        let ends = there.read(&mut [0])? == 0;
        Ok(all.then_some(same && ends))
    }

    fn beginning(&self) -> String {
        let mark = if self.excel { BYTE_ORDER_MARK.to_string() } else { String::new() };
        mark + &self.head
    }

    /// Plays the runs and hands on their rows in order. Whether it came to the end: Ctrl-C stops it.
    fn each(&self, keep: &mut dyn FnMut(String) -> io::Result<()>) -> io::Result<bool> {
        let Range { from, to, .. } = self.range;
        let worlds = u32::try_from(self.worlds).unwrap_or(BATCH).clamp(1, BATCH);
        let mut pace = Pace::among(BATCH / worlds, self.worlds);
        let mut progress = Progress::new(u64::from(to - from) * u64::from(worlds), "rows");
        let mut next = from;
        while next < to && !stopped() {
            let end = pace.next(next, to);
            let batch = Range { from: next, to: end, ..self.range };
            self.pool.install(|| (self.play)(batch)).into_iter().try_for_each(&mut *keep)?;
            next = end;
            progress.show(u64::from(next - from) * u64::from(worlds));
        }
        progress.clear();
        Ok(next == to)
    }
}

/// Whether a file goes on with these bytes.
fn next_is(file: &mut impl Read, expected: &[u8]) -> io::Result<bool> {
    let mut found = vec![0; expected.len()];
    match file.read_exact(&mut found) {
        Ok(()) => Ok(found == expected),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::next_is;

    #[test]
    fn a_file_goes_on_with_what_it_holds() {
        let mut file = &b"run\n0\n"[..];
        assert!(next_is(&mut file, b"run\n").expect("it is read"));
        assert!(!next_is(&mut file, b"1\n").expect("it is read"), "another row");
        assert!(!next_is(&mut file, b"1\n").expect("it is read"), "it has ended");
    }
}
