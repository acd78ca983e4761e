//! A class at the table.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;

use crate::studies::values::setting;

use super::profiles::Profiles;

/// Options of `serve`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza serve talks.toml                    one group; the same command goes on after a crash
  baraza serve talks.toml --groups 4 --folder tuesday   four groups that play the same luck
  baraza serve talks.toml --folder friday --choose  students choose their teams

Students open one of the addresses that are printed and type the code. The teacher opens the file teacher.html in the folder on this computer. Everything is kept in the folder: Ctrl-C and a crash lose nothing. It is plain http, without the internet: whoever is in the same network can overhear it. A roster is a table with the columns name, group and role.")]
pub struct Serve {
    /// The scenario, or a negotiation domain (GENIUS, GeniusWeb, NegMAS, NegoLog, scoreable game)
    pub file: PathBuf,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// How many groups play side by side
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=20))]
    pub groups: u8,
    /// The folder that keeps the class; by default it is named after the scenario
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// The port to listen on
    #[arg(long, default_value_t = 8080, value_name = "P")]
    pub port: u16,
    /// The address to listen on; by default all of this computer
    #[arg(long, default_value = "0.0.0.0", value_name = "ADDR")]
    pub bind: IpAddr,
    /// A table of who may join: name, group, role
    #[arg(long, value_name = "FILE.csv")]
    pub roster: Option<PathBuf>,
    /// Let students choose their teams; else they are drawn evenly
    #[arg(long, conflicts_with = "roster")]
    pub choose: bool,
    /// The most students that can join
    #[arg(long, default_value_t = 250, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub students: u16,
    /// Give each group a luck of its own
    #[arg(long)]
    pub own_luck: bool,
    /// Let a group go ahead of others with the same luck: it can then tell them what will happen
    #[arg(long)]
    pub ahead: bool,
    /// The lesson of the scenario to be followed
    #[arg(long, value_name = "ID")]
    pub lesson: Option<String>,
    /// Print the teacher's link, and let it open on other computers: this terminal may be seen by all
    #[arg(long)]
    pub show_secrets: bool,
    /// Ask for a password by which the teacher opens the console on any computer, besides the link; from a pipe its first line is taken
    #[arg(long)]
    pub password: bool,
    /// The scenario's own talks with a change; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID")]
    pub what_if: Option<String>,
}
