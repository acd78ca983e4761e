//! Baraza for Python. What is computed and what is said of it is the library's; this crate hands it over: scenarios, answers with
//! their forms, tables through the Arrow C data interface.

mod answer;
mod environment;
mod errors;
mod scenario;
mod table;
mod work;

use pyo3::prelude::*;

/// The compiled part of the package `baraza`.
#[pymodule]
fn _baraza(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<scenario::Scenario>()?;
    module.add_class::<environment::Tables>()?;
    module.add_class::<answer::Answer>()?;
    module.add_class::<answer::Figure>()?;
    module.add_class::<table::Table>()?;
    module.add_function(wrap_pyfunction!(scenario::merge, module)?)?;
    module.add_function(wrap_pyfunction!(scenario::discover, module)?)?;
    errors::register(module)
}
