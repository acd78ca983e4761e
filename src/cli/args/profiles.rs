//! Which profiles of a negotiation domain are read.

use clap::Args;

/// Which profiles of a domain negotiate.
#[derive(Clone, Debug, Default, Args)]
pub struct Profiles {
    /// Which profiles of a negotiation domain negotiate, by name; all where none is named
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub parties: Vec<String>,
}
