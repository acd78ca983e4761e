//! `baraza sheets`: what an exercise hands out.

use std::path::Path;

use crate::document::Document;
use crate::domain::{Role, World};
use crate::render::html;
use crate::scenario;
use crate::store::{File, distinct};
use crate::studies::ids;
use crate::telling::handouts::{Source, briefing, guide, markdown, sheet, together};
use crate::text::command::{changes, command};

use super::args::{SheetFormat, Sheets};
use super::exit::{Exit, Failure};
use super::files;
use super::terminal::Terminal;

/// Prints the sheets, or writes them into a folder.
pub(super) fn carry_out(options: &Sheets, terminal: &Terminal) -> Result<Exit, Failure> {
    let world = options.subject.world(terminal)?;
    let documents = documents(options, &world)?;
    match &options.out {
        Some(folder) => write(options, folder, &documents, terminal)?,
        None => {
            let documents: Vec<Document> = documents.into_iter().map(|(_, document)| document).collect();
            terminal.print(&match options.format {
                SheetFormat::Md => markdown(&documents),
                SheetFormat::Html => html::page(&page(&world, documents)),
            })?;
        }
    }
    Ok(Exit::Fine)
}

/// Several sheets are put on one page; one stands for itself.
fn page(world: &World, mut documents: Vec<Document>) -> Document {
    match documents.len() {
        1 => documents.remove(0),
        _ => together(world, documents),
    }
}

/// What is asked for, each with the name of its file.
fn documents(options: &Sheets, world: &World) -> Result<Vec<(String, Document)>, Failure> {
    let of = |role: Role| (format!("role-{}", world.role_id(role)), sheet(world, role));
    if !options.role.is_empty() {
        let mut roles: Vec<Role> = Vec::new();
        for id in &options.role {
            let role = ids::decider("--role", id, world)?.into();
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        return Ok(roles.into_iter().map(of).collect());
    }
    let mut all = vec![("briefing".to_owned(), briefing(world))];
    all.extend(world.roles().into_iter().map(of));
    let subject = &options.subject;
    let set = changes(None, &subject.set);
    let source = Source {
        file: &command(&subject.profiles()),
        what_if: subject.what_if.as_deref(),
        set: &if set.is_empty() { String::new() } else { format!(" {}", command(&set)) },
        fingerprint: &scenario::fingerprint(world),
    };
    all.push(("teacher".to_owned(), guide(world, source)));
    Ok(all)
}

fn write(
    options: &Sheets,
    folder: &Path,
    documents: &[(String, Document)],
    terminal: &Terminal,
) -> Result<(), Failure> {
    let extension = match options.format {
        SheetFormat::Md => "md",
        SheetFormat::Html => "html",
    };
    let text = |document: &Document| match options.format {
        SheetFormat::Md => markdown(std::slice::from_ref(document)),
        SheetFormat::Html => html::page(document),
    };
    let names = distinct(documents.iter().map(|(name, _)| name.clone()));
    let named = documents.iter().zip(names);
    let files: Vec<File> = named
        .map(|((_, document), name)| File { name: format!("{name}.{extension}"), text: text(document) })
        .collect();
    let door = files::door(options.force, [options.subject.file.as_path()]);
    door.put_in(folder, &files).map_err(files::refused("--out"))?;
    let word = if files.len() == 1 { "file" } else { "files" };
    terminal.remark(&format!("wrote {} {word} into {}\n", files.len(), folder.display()));
    Ok(())
}
