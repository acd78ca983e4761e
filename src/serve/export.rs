//! A class's folder as one file, at any time, without its secrets.

use std::io::{Cursor, Write};
use std::sync::Arc;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::app::App;
use super::response::plain;

/// The folder as an archive; with `names` also what says who is who.
pub(super) async fn export(app: &Arc<App>, names: bool) -> Result<Response, Response> {
    let failed =
        |why: String| plain(StatusCode::INTERNAL_SERVER_ERROR, &format!("There is no export: {why}."));
    // The thread that writes reads as well: no line is in the making.
    let read = app.keeper.ask(move |room| (room.folder().name(), room.folder().files(names))).await;
    let (name, files) = match read {
        Ok((name, Ok(files))) => (name, files),
        Ok((_, Err(fault))) => return Err(failed(fault.to_string())),
        Err(refusal) => return Err(failed(refusal.to_string())),
    };
    let folder = name.clone();
    let packed = tokio::task::spawn_blocking(move || pack(&folder, &files)).await;
    let bytes = packed.map_err(|e| failed(e.to_string()))?.map_err(|e| failed(e.to_string()))?;
    let kept = format!("attachment; filename=\"{name}.zip\"");
    Ok(([(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, kept)], bytes)
        .into_response())
}

/// Files as an archive, in a folder of this name.
fn pack(folder: &str, files: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        archive.start_file(format!("{folder}/{name}"), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
