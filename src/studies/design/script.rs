//! Job arrays: a shell script that has a cluster's scheduler play a design in parts and lay them together.

use serde::{Deserialize, Serialize};

use crate::text::command::command;

/// Whose scheduler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Scheduler {
    /// Slurm: an array of jobs that may be requeued, and a job that merges after all are well
    Slurm,
    /// HyperQueue: an array of tasks that is waited for, then merged
    Hq,
}

/// What a job array is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jobs {
    /// The command of the design, without parts.
    pub design: Vec<String>,
    /// In how many parts it is played.
    pub parts: u32,
    /// The folder of the parts.
    pub folder: String,
    /// The words of the merging command after the parts.
    pub merge: Vec<String>,
}

/// A text in quotes, whatever quotes are in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

impl Jobs {
    /// The script, for `sh`.
    pub fn script(&self, scheduler: Scheduler) -> String {
        let (number, again) = match scheduler {
            Scheduler::Slurm => ("SLURM_ARRAY_TASK_ID", "sbatch"),
            Scheduler::Hq => ("HQ_TASK_ID", "hq"),
        };
        let folder = command(std::slice::from_ref(&self.folder));
        let width = self.parts.to_string().len();
        // Only the number of the part is filled in by the job's own shell.
        let part = format!(
            "exec {} --part \"${number}/{}\" --out {folder}/part-\"$(printf '%0{width}d' \"${number}\")\".json --skip-existing",
            command(&self.design),
            self.parts,
        );
        let merge = format!("exec baraza merge {folder}/part-*.json {}", command(&self.merge));
        let merge = merge.trim_end();
        let parts = self.parts;
        let head = format!(
            "#!/bin/sh\n\
             # Plays a design of baraza in {parts} parts and merges them. Parts that are there already are kept: after a failure run this\n\
             # script again. Run it where the files of the design lie; the nodes must see the same folder and have baraza on their path.\n\
             # Options for {again} (account, partition, time, memory) go into BARAZA_SUBMIT, such as BARAZA_SUBMIT='--time=60'.\n\
             set -eu\n\
             mkdir -p -- {folder}\n"
        );
        let body = match scheduler {
            Scheduler::Slurm => format!(
                "# The words of BARAZA_SUBMIT are to be split, and what stands in quotes is for the shell of the job.\n\
                 # shellcheck disable=SC2086,SC2016,SC1003\n\
                 array=$(sbatch --parsable --job-name=baraza --array=1-{parts} --requeue --cpus-per-task=1 ${{BARAZA_SUBMIT:-}} --wrap {})\n\
                 # shellcheck disable=SC2086,SC1003\n\
                 sbatch --parsable --job-name=baraza-merge --dependency=\"afterok:${{array%%;*}}\" --kill-on-invalid-dep=yes ${{BARAZA_SUBMIT:-}} --wrap {}\n",
                quoted(&part),
                quoted(merge)
            ),
            Scheduler::Hq => format!(
                "# The words of BARAZA_SUBMIT are to be split, and what stands in quotes is for the shell of the job.\n\
                 # shellcheck disable=SC2086,SC2016,SC1003\n\
                 hq submit --name baraza --array 1-{parts} --cpus 1 --crash-limit 10 --stdout none --wait ${{BARAZA_SUBMIT:-}} -- sh -c {}\n\
                 {merge}\n",
                quoted(&part)
            ),
        };
        head + &body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_split_is_quoted_for_both_shells() {
        let jobs = Jobs {
            design: ["baraza", "design", "it's here.toml", "--measure", "round >= 3"]
                .map(str::to_owned)
                .into(),
            parts: 120,
            folder: "parts".into(),
            merge: vec!["--csv".into(), "all tables".into()],
        };
        let script = jobs.script(Scheduler::Slurm);
        assert!(script.contains("--array=1-120 --requeue"), "{script}");
        assert!(script.contains(r"'\''%03d'\''"), "{script}");
        assert!(script.contains("afterok:${array%%;*}"), "{script}");
        // it's, quoted for the job's shell as 'it'\''s here.toml', and all of that again for this one.
        assert!(script.contains(r"'\''it'\''\'\'''\''s here.toml'\''"), "{script}");
    }
}
