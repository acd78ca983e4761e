//! Tables as Parquet: columns with their types, empty cells without a value.

use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use time::{Date, Month};

use crate::document::columns::{Kind, column};
use crate::document::dataset::Dataset;

use super::package::{self, Study};

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// A cell is not what its column holds.
    #[error("`{cell}` in the column `{column}` of the table `{table}` is not what that column holds")]
    Cell {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What stands there.
        cell: String,
    },
    /// It cannot be put into the format.
    #[error("the table `{table}` cannot be written as Parquet: {why}")]
    Format {
        /// The table.
        table: &'static str,
        /// Why.
        why: ParquetError,
    },
}

/// The name of a table's file.
pub fn file(table: &Dataset) -> String {
    format!("{}.parquet", table.name)
}

/// A table: every column with its type, with what it means and where it comes from in the metadata (`baraza`, JSON).
///
/// # Errors
/// When a cell is not what its column holds.
pub fn parquet(study: &Study, table: &Dataset) -> Result<Vec<u8>, Unfit> {
    let format = |why| Unfit::Format { table: table.name, why };
    let fields = table.columns.iter().map(|name| field(table.name, name)).collect::<Result<_, _>>();
    let schema = Type::group_type_builder("table").with_fields(fields.map_err(format)?).build();
    let origin = KeyValue::new("baraza".to_owned(), package::package(study, std::slice::from_ref(table)));
    let properties = WriterProperties::builder()
        .set_created_by(concat!("baraza ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(vec![origin]))
        .build();
    let mut writer =
        SerializedFileWriter::new(Vec::new(), Arc::new(schema.map_err(format)?), Arc::new(properties))
            .map_err(format)?;
    if !table.rows.is_empty() {
        let mut group = writer.next_row_group().map_err(format)?;
        let mut at = 0;
        while let Some(mut column) = group.next_column().map_err(format)? {
            write(column.untyped(), table, at)?.map_err(format)?;
            column.close().map_err(format)?;
            at += 1;
        }
        group.close().map_err(format)?;
    }
    writer.into_inner().map_err(format)
}

fn kind(table: &str, name: &str) -> Kind {
    column(table, name).map_or(Kind::Text, |column| column.kind)
}

fn field(table: &str, name: &str) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match kind(table, name) {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
    };
    let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    field.with_logical_type(logical).build().map(Arc::new)
}

/// Writes a column: whether its cells could be read, then whether they could be written.
fn write(
    writer: &mut ColumnWriter<'_>,
    table: &Dataset,
    at: usize,
) -> Result<Result<usize, ParquetError>, Unfit> {
    let cells = Cells { table, at };
    let levels = cells.levels();
    Ok(match writer {
        ColumnWriter::ByteArrayColumnWriter(w) => {
            w.write_batch(&cells.read(|text| Some(ByteArray::from(text)))?, Some(&levels), None)
        }
        ColumnWriter::Int64ColumnWriter(w) => {
            w.write_batch(&cells.read(|text| text.parse().ok())?, Some(&levels), None)
        }
        ColumnWriter::DoubleColumnWriter(w) => {
            w.write_batch(&cells.read(|text| text.parse().ok())?, Some(&levels), None)
        }
        ColumnWriter::BoolColumnWriter(w) => {
            w.write_batch(&cells.read(|text| text.parse().ok())?, Some(&levels), None)
        }
        ColumnWriter::Int32ColumnWriter(w) => w.write_batch(&cells.read(days)?, Some(&levels), None),
        // Of no kind of column.
        _ => Ok(0),
    })
}

/// The cells of a column.
struct Cells<'a> {
    table: &'a Dataset,
    at: usize,
}

impl Cells<'_> {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.table.rows.iter().map(|row| row[self.at].as_str())
    }

    /// 1 where there is a value.
    fn levels(&self) -> Vec<i16> {
        self.texts().map(|text| i16::from(!text.is_empty())).collect()
    }

    fn read<T>(&self, value: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Unfit> {
        let unfit = |text: &str| Unfit::Cell {
            table: self.table.name,
            column: self.table.columns[self.at],
            cell: text.to_owned(),
        };
        let there = self.texts().filter(|text| !text.is_empty());
        there.map(|text| value(text).ok_or_else(|| unfit(text))).collect()
    }
}

/// Days from 1 January 1970 to a date.
fn days(text: &str) -> Option<i32> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    Some(date.to_julian_day() - Date::from_ordinal_date(1970, 1).ok()?.to_julian_day())
}
