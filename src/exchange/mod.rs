//! Other people's formats. Writers take plain data and anything that bytes can be written to.

pub mod drn;
pub mod prism;
