//! Outputs of every command: what they may not overwrite, what a full disk, a killed process or another command leaves, and tables
//! that spreadsheets and databases read as they stand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use baraza::store::{Door, Log, publish};
use tempfile::TempDir;

const ELDERS: &str = "scenarios/tutorial/2-mediator.toml";
const DOHA: &str = "scenarios/doha-2025.toml";
/// So many runs would take hours.
const MANY: &str = "4000000000";

fn baraza(args: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("baraza"));
    command.args(args);
    command
}

fn run(args: &[&str]) -> Output {
    baraza(args).output().expect("it runs")
}

fn fine(args: &[&str]) -> Output {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", said(&output));
    output
}

/// What was said on standard error.
fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// Every file of a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> = entries.map(|e| e.file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

/// Commands that read a scenario and write one file: their arguments, the scenario and the file left out at the places of `{}` and `[]`.
const WRITERS: [&[&str]; 9] = [
    &["run", "{}", "--trace", "[]"],
    &["ensemble", "{}", "--runs", "20", "--html", "[]"],
    &["ensemble", "{}", "--to", "20", "--out", "[]"],
    &["what-if", "{}", "--runs", "20", "--html", "[]"],
    &["analyze", "{}", "--runs", "20", "--html", "[]"],
    &["exact", "{}", "--layers", "[]"],
    &["resolve", "{}", "--agent", "elders", "--policy", "[]"],
    &["verify", "{}", "--property", "never round > 3", "--trace", "[]"],
    &["export", "{}", "--format", "drn", "--out", "[]"],
];

fn filled<'a>(args: &[&'a str], scenario: &'a str, file: &'a str) -> Vec<&'a str> {
    let fill = |arg: &&'a str| match *arg {
        "{}" => scenario,
        "[]" => file,
        other => other,
    };
    args.iter().map(fill).collect()
}

/// Forced or not, by its own name or by that of a link to it.
#[cfg(unix)]
#[test]
fn what_a_command_reads_is_never_overwritten() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let own = fs::read_to_string(ELDERS).expect("a scenario");
    let scenario = at("talks.toml");
    fs::write(&scenario, &own).expect("written");
    std::os::unix::fs::symlink("talks.toml", at("link.toml")).expect("a link");
    fs::hard_link(&scenario, at("second-name.toml")).expect("a name");
    for args in WRITERS {
        for target in ["talks.toml", "second-name.toml", "./link.toml"] {
            for force in [&["--force"][..], &[]] {
                let target = at(target);
                let args = [&filled(args, text(&scenario), text(&target))[..], force].concat();
                let output = run(&args);
                assert_eq!(output.status.code(), Some(3), "{args:?}: {}", said(&output));
                assert!(said(&output).contains("the command reads this file"), "{}", said(&output));
                assert!(output.stdout.is_empty(), "refused before the work");
            }
        }
    }
    // What else a command reads.
    let [shard, log] = ["part", "mine.jsonl"].map(at);
    fine(&["ensemble", text(&scenario), "--to", "20", "--out", text(&shard)]);
    let play = ["play", text(&scenario), "--as", "elders", "--session", text(&log)];
    let begun = baraza(&play).stdin(std::process::Stdio::null()).output().expect("it runs");
    assert!(begun.status.success(), "{}", said(&begun));
    for args in [
        vec!["merge", text(&shard), "--html", text(&shard)],
        vec!["merge", text(&shard), "--html", text(&scenario)],
        vec!["debrief", text(&log), "--html", text(&log)],
        vec!["debrief", text(&log), "--html", text(&scenario)],
    ] {
        let before = names(folder.path());
        let output = run(&[&args[..], &["--force"]].concat());
        assert_eq!(output.status.code(), Some(3), "{args:?}: {}", said(&output));
        assert_eq!(names(folder.path()), before);
    }
    // Folders in which the scenario has the name of an output.
    let (out, sheet) = (at("handouts"), at("handouts/teacher.md"));
    fs::create_dir(&out).expect("made");
    fs::write(&sheet, &own).expect("written");
    assert_eq!(run(&["sheets", text(&sheet), "--out", text(&out), "--force"]).status.code(), Some(3));
    let (tables, table) = (at("tables"), at("tables/outcomes.csv"));
    fs::create_dir(&tables).expect("made");
    fs::write(&table, &own).expect("written");
    let args = ["ensemble", text(&table), "--runs", "20", "--csv", text(&tables), "--force"];
    assert_eq!(run(&args).status.code(), Some(3));
    assert_eq!(names(&tables), ["outcomes.csv"]);
    for file in [&scenario, &sheet, &table] {
        assert_eq!(fs::read_to_string(file).expect("it is there"), own);
    }
}

/// A domain's files are what a command reads that is given its folder, or one of them.
#[test]
fn files_of_a_domain_are_never_overwritten() {
    let folder = folder();
    let domain = folder.path().join("garden");
    fs::create_dir(&domain).expect("made");
    for entry in fs::read_dir("scenarios/domains/garden/genius").expect("a domain").flatten() {
        fs::copy(entry.path(), domain.join(entry.file_name())).expect("copied");
    }
    let files = names(&domain);
    for file in files.iter().filter(|name| name.ends_with(".xml")) {
        let target = domain.join(file);
        let before = fs::read(&target).expect("it is there");
        for input in [text(&domain), text(&target)] {
            let args = ["ensemble", input, "--runs", "20", "--html", text(&target), "--force"];
            assert_eq!(run(&args).status.code(), Some(3));
        }
        let back = ["export", text(&domain), "--format", "genius", "--out", text(&domain), "--force"];
        assert_eq!(run(&back).status.code(), Some(3));
        assert_eq!(fs::read(&target).expect("it is there"), before);
    }
    assert_eq!(names(&domain), files);
}

#[cfg(unix)]
#[test]
fn links_devices_and_pipes_stay_what_they_are() {
    use std::os::unix::fs::FileTypeExt;
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let [target, link, pipe] = ["target", "link", "pipe"].map(at);
    fs::write(&target, "mine").expect("written");
    std::os::unix::fs::symlink("target", &link).expect("a link");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    for args in WRITERS {
        for place in [text(&link), text(&pipe), "/dev/null"] {
            let output = run(&[&filled(args, ELDERS, place)[..], &["--force"]].concat());
            assert_eq!(output.status.code(), Some(3), "{args:?}: {}", said(&output));
            assert!(said(&output).contains("a link or a device"), "{}", said(&output));
        }
    }
    assert_eq!(fs::read_to_string(&target).expect("it is there"), "mine");
    assert!(link.symlink_metadata().expect("it is there").is_symlink());
    assert!(pipe.symlink_metadata().expect("it is there").file_type().is_fifo());
    assert_eq!(names(folder.path()), ["link", "pipe", "target"]);
}

/// What cannot be written is refused before runs that would take hours.
#[test]
fn what_cannot_be_written_is_refused_before_the_work() {
    let folder = folder();
    let long = folder.path().join("x".repeat(300));
    let within = folder.path().join("no/such/folder");
    let slash = format!("{}/", folder.path().join("new").display());
    let mut files = vec![text(&long), text(&within), &slash, "-", ""];
    if cfg!(target_os = "linux") {
        files.push("/proc/page.html");
    }
    for place in files {
        for option in [["--runs", MANY, "--html"], ["--to", MANY, "--out"]] {
            let output = run(&[&["ensemble", DOHA][..], &option, &[place]].concat());
            let code = output.status.code();
            assert!(code == Some(3) || code == Some(2), "{place}: {}", said(&output));
            assert!(output.stdout.is_empty());
        }
    }
    let own = folder.path().join("file");
    fs::write(&own, "mine").expect("written");
    let inside = own.join("tables");
    for place in [text(&own), text(&inside)] {
        for option in ["--csv", "--svg"] {
            assert_eq!(run(&["ensemble", DOHA, "--runs", MANY, option, place]).status.code(), Some(3));
        }
    }
    let table = folder.path().join("twice");
    let twice = ["sensitivity", ELDERS, "--method", "sobol", "--table", text(&table), "--html", text(&table)];
    let output = run(&twice);
    assert!(output.status.code() == Some(2) && said(&output).contains("two outputs"), "{}", said(&output));
    assert_eq!(names(folder.path()), ["file"]);
}

/// A file that another program has made while this one worked is left as it is, and so is everything else.
#[cfg(unix)]
#[test]
fn what_appears_meanwhile_stays() {
    let folder = folder();
    let [page, tables] = ["page.html", "tables"].map(|name| folder.path().join(name));
    let long = ["ensemble", DOHA, "--runs", MANY];
    for (option, place, appears) in
        [("--html", &page, page.clone()), ("--csv", &tables, tables.join("outcomes.csv"))]
    {
        let args = [&long[..], &[option, text(place)]].concat();
        // A slow machine is given the time that it needs to begin.
        let ended = (0..7).find_map(|tries| {
            let mut command = baraza(&args);
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped());
            let child = command.spawn().expect("it starts");
            std::thread::sleep(std::time::Duration::from_millis(500 << tries));
            fs::create_dir_all(appears.parent().expect("a folder")).expect("made");
            fs::write(&appears, "mine").expect("written");
            // It tells what it has by then, and would write it.
            let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
            assert!(sent.expect("kill runs").success());
            let output = child.wait_with_output().expect("it ends");
            if output.status.code().is_none() {
                fs::remove_file(&appears).expect("removed");
            }
            output.status.code().is_some().then_some(output)
        });
        let output = ended.expect("it begins within half a minute");
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        assert!(said(&output).contains("has appeared since"), "{}", said(&output));
        assert_eq!(fs::read_to_string(&appears).expect("it is there"), "mine");
    }
    assert_eq!(names(folder.path()), ["page.html", "tables"]);
    assert_eq!(names(&tables), ["outcomes.csv"]);
}

#[cfg(unix)]
#[test]
fn a_killed_export_leaves_no_bodies() {
    let folder = folder();
    let out = folder.path().join("chain");
    for format in ["drn", "prism-explicit"] {
        let args = ["export", DOHA, "--format", format, "--out", text(&out), "--max-states", "100000000"];
        let mut child = baraza(&args).stdout(std::process::Stdio::null()).spawn().expect("it starts");
        std::thread::sleep(std::time::Duration::from_millis(800));
        assert!(child.try_wait().expect("a child").is_none(), "it was done too soon for this test");
        child.kill().expect("killed");
        child.wait().expect("it ends");
        assert_eq!(names(folder.path()), [""; 0]);
    }
}

/// A file in the making that nobody makes any more is taken away by the next command that writes there.
#[test]
fn what_a_killed_command_left_is_swept_away() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let tables = at("tables");
    fs::create_dir(&tables).expect("made");
    for place in [at(".baraza-abandoned.tmp"), tables.join(".baraza-abandoned.tmp"), at(".baraza-mine")] {
        fs::write(place, "half a page").expect("written");
    }
    let (page, tables_name) = (at("page.html"), text(&tables));
    fine(&["ensemble", ELDERS, "--runs", "20", "--html", text(&page), "--csv", tables_name]);
    assert_eq!(names(folder.path()), [".baraza-mine", "page.html", "tables"]);
    let known = |name: &String| {
        name.ends_with(".csv") || ["manifest.json", "datapackage.json"].contains(&name.as_str())
    };
    assert!(names(&tables).iter().all(known));
}

/// While a command makes its file, another one may write into the same folder.
#[test]
fn what_is_being_made_is_not_swept_away() {
    use std::io::Write;
    let folder = folder();
    let door = Door::new(false);
    let [large, small] = ["large", "small"].map(|name| folder.path().join(name));
    let mut staged = door.stage(&large).expect("there is room");
    let mut body = staged.body().expect("there is room");
    body.write_all(b"body").expect("there is room");
    staged.finish("head and ", body).expect("there is room");
    assert_eq!(names(folder.path()).len(), 1, "it lies beside its place");
    door.put(&small, "small").expect("there is room");
    publish(vec![staged]).expect("it is still there");
    assert_eq!(fs::read_to_string(&large).expect("a text"), "head and body");
    assert_eq!(names(folder.path()), ["large", "small"]);
}

/// A small disk of its own; it goes with the value.
struct Disk(PathBuf);

impl Disk {
    /// None where this machine lets nobody mount one.
    fn of(place: &Path, size: &str) -> Option<Self> {
        let size = format!("size={size}");
        let args = ["-t", "tmpfs", "-o", &size, "none", text(place)];
        let mounted = Command::new("mount").args(args).output().is_ok_and(|done| done.status.success());
        mounted.then(|| Self(place.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let folder = folder();
    let Some(disk) = Disk::of(folder.path(), "64k") else {
        eprintln!("skipped: no disk can be mounted here");
        return;
    };
    // All but a page of it is full.
    let filler = disk.0.join("filler");
    fs::write(&filler, vec![b'x'; 60 * 1024]).expect("there is room");
    let at = |name: &str| disk.0.join(name);
    let [page, tables, handouts, log, new, part] =
        ["page.html", "deep/tables", "handouts", "mine.jsonl", "new.toml", "part"].map(at);
    let full = |args: &[&str]| {
        let output = baraza(args).stdin(std::process::Stdio::null()).output().expect("it runs");
        assert_eq!(output.status.code(), Some(3), "{args:?}: {}", said(&output));
        assert!(said(&output).contains("the disk is full"), "{args:?}: {}", said(&output));
        assert_eq!(names(&disk.0), ["filler"], "{args:?}");
    };
    full(&["ensemble", ELDERS, "--runs", "20", "--html", text(&page)]);
    full(&["ensemble", ELDERS, "--runs", "20", "--csv", text(&tables)]);
    full(&["ensemble", ELDERS, "--runs", "20", "--svg", text(&tables)]);
    full(&["ensemble", DOHA, "--to", "20", "--out", text(&part)]);
    full(&["sheets", ELDERS, "--out", text(&handouts)]);
    full(&["run", DOHA, "--trace", text(&page)]);
    full(&["export", ELDERS, "--format", "drn", "--out", text(&page)]);
    fs::write(&filler, vec![b'x'; 64 * 1024]).expect("there is room");
    full(&["new", text(&new)]);
    let play = ["play", ELDERS, "--as", "elders", "--session", text(&log)];
    full(&play);
    // With room again, nothing is in the way.
    fs::remove_file(&filler).expect("removed");
    let begun = baraza(&play).stdin(std::process::Stdio::null()).output().expect("it runs");
    assert!(begun.status.success(), "{}", said(&begun));
    assert_eq!(names(&disk.0), ["mine.jsonl"]);
}

#[test]
fn a_log_on_a_full_disk_keeps_whole_lines() {
    let folder = folder();
    let Some(disk) = Disk::of(folder.path(), "64k") else {
        eprintln!("skipped: no disk can be mounted here");
        return;
    };
    let (path, filler) = (disk.0.join("log"), disk.0.join("filler"));
    fs::write(&filler, vec![b'x'; 32 * 1024]).expect("there is room");
    let line = format!("{}\n", "a".repeat(999));
    let mut log = Log::begin(&path, "head\n").expect("there is room");
    let kept = (0..100).take_while(|_| log.append(&line).is_ok()).count();
    assert!((1..100).contains(&kept), "{kept}");
    let whole = || fs::read_to_string(&path).expect("a text");
    assert_eq!(whole(), format!("head\n{}", line.repeat(kept)));
    fs::remove_file(&filler).expect("removed");
    log.append(&line).expect("there is room again");
    assert_eq!(whole(), format!("head\n{}", line.repeat(kept + 1)));
}

#[test]
fn an_export_of_a_domain_is_forced_like_any_other() {
    let folder = folder();
    let out = folder.path().join("garden");
    let args = ["export", "scenarios/domains/garden/genius", "--format", "genius", "--out", text(&out)];
    fine(&args);
    let files = names(&out);
    fs::write(out.join(&files[0]), "mine").expect("written");
    fs::remove_file(out.join(&files[1])).expect("removed");
    let output = run(&args);
    assert!(output.status.code() == Some(3) && said(&output).contains("--force"), "{}", said(&output));
    assert_eq!(names(&out).len(), files.len() - 1, "all or nothing");
    fine(&[&args[..], &["--force"]].concat());
    assert_ne!(fs::read_to_string(out.join(&files[0])).expect("it is there"), "mine");
}

/// Titles that a spreadsheet would take for formulas, letters that it would take for others, and what-ifs to be compared.
const HOSTILE: &str = r#"
[scenario]
title = "Pourparlers à Uvira"
start = 2030-01-01
rounds = 3
[party.nord]
name = "=HYPERLINK(\"http://x\")"
alternative = 20
[party.sud]
name = "L'Été;=1+1"
alternative = 20
[track.t]
title = "Table, no 1"
seats = ["nord", "sud"]
[item.eau]
track = "t"
title = "@SUM(1,2), l'eau"
[item.eau.option]
a = { title = "+1 moitié, moitié", nord = 100, sud = 40 }
b = { title = "-1; à définir", nord = 30, sud = 100 }
[instrument.acte]
track = "t"
seals = ["eau"]
title = "Acte\nsur deux lignes"
[outcome.accord]
title = "-accord"
when = "instrument.acte.signed"
[outcome.rien]
title = "7"
when = "true"
[what-if.one]
title = "=one"
set = { "party.nord.alternative" = 60 }
[what-if.two]
title = "two"
set = { "party.sud.alternative" = 60 }
[[history]]
date = 2030-01-10
title = "=signed"
that = "instrument.acte.signed"
"#;

fn hostile(folder: &TempDir) -> PathBuf {
    let file = folder.path().join("t.toml");
    fs::write(&file, HOSTILE).expect("written");
    file
}

#[test]
fn spreadsheets_run_no_cell_and_read_every_letter() {
    let folder = folder();
    let file = hostile(&folder);
    for (excel, place) in [(true, "marked"), (false, "plain")] {
        let place = folder.path().join(place);
        let args = ["ensemble", text(&file), "--runs", "50", "--csv", text(&place)];
        fine(&[&args[..], if excel { &["--excel"] } else { &[] }].concat());
        let manifest = fs::read_to_string(place.join("manifest.json")).expect("a manifest");
        let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
        assert_eq!(manifest["byte_order_mark"], excel);
        let mut neutralised = 0;
        for table in manifest["tables"].as_array().expect("tables") {
            let bytes = fs::read(place.join(table["file"].as_str().expect("a name"))).expect("a table");
            assert_eq!(bytes.starts_with("\u{feff}".as_bytes()), excel);
            let mut reader = csv::Reader::from_reader(&bytes[..]);
            let first = reader.headers().expect("names")[0].to_owned();
            assert_eq!(table["columns"][0], first, "the mark is no part of the name");
            let mut changed = 0;
            for cell in reader
                .records()
                .flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>())
            {
                let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
                assert!(!runs && !cell.contains(";="), "{cell}");
                changed += usize::from(cell.starts_with('\'') || cell.contains(";'"));
            }
            assert_eq!(table["neutralised"], changed, "{}", table["name"]);
            neutralised += changed;
        }
        assert!(neutralised > 5, "{neutralised}");
        let options = fs::read_to_string(place.join("options.csv")).expect("a table");
        assert!(options.contains("'+1 moitié, moitié") && options.contains("'-1; à définir"), "{options}");
        let outcomes = fs::read_to_string(place.join("outcomes.csv")).expect("a table");
        assert!(outcomes.contains("accord,'-accord,") && outcomes.contains("rien,7,"), "{outcomes}");
    }
    let alone = run(&["ensemble", text(&file), "--excel"]);
    assert_eq!(alone.status.code(), Some(2), "--excel is about tables");
}

/// Reserved words of SQLite, DuckDB, PostgreSQL, MySQL and MariaDB that a table or a column could be called by.
const RESERVED: &str = "
    accessible add all alter always analyse analyze and any array as asc asensitive asymmetric authorization before between bigint
    binary blob both by call cascade case cast change char character check collate collation column commit concurrently condition
    constraint continue convert create cross cube cume_dist current_date current_role current_time current_timestamp current_user
    cursor database databases day_hour dec decimal declare default deferrable delayed delete dense_rank desc describe deterministic
    distinct distinctrow div do double drop dual each else elseif empty enclosed end escape escaped except exists exit explain
    false fetch first_value float for force foreign freeze from full fulltext function generated get glob grant group grouping
    groups having high_priority if ignore ilike in index infile initially inner inout insensitive insert int integer intersect
    interval into io_after_gtids is isnull iterate join json_table key keys kill lag lambda last_value lateral lead leading leave
    left like limit linear lines load localtime localtimestamp lock long loop low_priority match maxvalue mod modifies natural
    not nothing notnull nth_value ntile null numeric of offset on only optimize option optionally or order out outer outfile over
    overlaps partition percent_rank pivot placing precision primary procedure purge qualify range rank read reads real recursive
    references regexp release rename repeat replace require resignal restrict return returning revoke right rlike row row_number
    rows schema select sensitive separator session_user set show signal similar smallint some spatial specific sql sqlexception
    sqlstate sqlwarning ssl starting stored straight_join summarize symmetric system table tablesample terminated then tinyint to
    trailing transaction trigger true undo union unique unlock unpivot unsigned update usage use user using values varchar
    variadic varying verbose virtual when where while window with write xor zerofill";

/// Every table of every study, and of those commands that write one.
#[test]
fn tables_and_columns_need_no_quotes_in_sql() {
    let folder = folder();
    let file = hostile(&folder);
    let at = |name: &str| folder.path().join(name);
    let (file, log) = (text(&file), at("mine.jsonl"));
    let play = ["play", file, "--as", "nord", "--session", text(&log)];
    let mut child = baraza(&play)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("it starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("piped"), b"auto all\n").expect("written");
    assert!(child.wait().expect("it ends").success());
    let studies: [&[&str]; 7] = [
        &["ensemble", file, "--runs", "40", "--measure", "round >= 2"],
        &["what-if", file, "--runs", "40", "--measure", "round >= 2", "--combine", "one+two"],
        &[
            "sensitivity",
            file,
            "--method",
            "all",
            "--runs",
            "4",
            "--walks",
            "2",
            "--walk-runs",
            "2",
            "--rows",
            "4",
            "--repeats",
            "2",
            "--range",
            "party.nord.alternative=10..60",
        ],
        &["backtest", file, "--runs", "40"],
        &[
            "design",
            file,
            "--sample",
            "lhs",
            "--points",
            "3",
            "--range",
            "party.nord.alternative=10..60",
            "--runs",
            "40",
        ],
        &["analyze", file, "--runs", "40"],
        &["debrief", text(&log), "--runs", "40", "--now"],
    ];
    let mut tables: Vec<PathBuf> = Vec::new();
    for args in studies {
        let place = at(args[0]);
        fine(&[args, &["--csv", text(&place)]].concat());
        tables.extend(names(&place).iter().filter(|n| n.ends_with(".csv")).map(|n| place.join(n)));
    }
    assert!(tables.len() > 50, "{}", tables.len());
    let (layers, policy) = (at("layers.csv"), at("policy.csv"));
    fine(&["exact", file, "--layers", text(&layers)]);
    fine(&["resolve", file, "--agent", "nord", "--policy", text(&policy)]);
    tables.extend([layers, policy]);
    let reserved: Vec<&str> = RESERVED.split_whitespace().collect();
    for table in tables {
        let mut reader = csv::Reader::from_path(&table).expect("a table");
        let columns: Vec<String> = reader.headers().expect("names").iter().map(str::to_owned).collect();
        let name = table.file_stem().expect("a name").to_str().expect("UTF-8").to_owned();
        for word in columns.iter().chain([&name]) {
            let plain = word.starts_with(|c: char| c.is_ascii_lowercase())
                && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            assert!(plain && !reserved.contains(&word.as_str()), "{}: {word}", table.display());
        }
    }
}
