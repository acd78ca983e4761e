//! Where this computer can be reached.

use std::net::{IpAddr, Ipv4Addr};

/// The addresses at which phones may reach a server bound to this one: the address itself, or, where it stands for all, those of every
/// network of this computer; loopback last.
pub fn addresses(bind: IpAddr) -> Vec<IpAddr> {
    if !bind.is_unspecified() {
        return vec![bind];
    }
    let networks = sysinfo::Networks::new_with_refreshed_list();
    let all = networks.values().flat_map(|n| n.ip_networks().iter().map(|ip| ip.addr));
    let usable = |ip: &IpAddr| match ip {
        IpAddr::V4(v4) => !v4.is_loopback() && !v4.is_unspecified(),
        IpAddr::V6(_) => false,
    };
    let mut found: Vec<IpAddr> = all.filter(usable).collect();
    // Private networks come first: that is where a class is.
    found.sort_by_key(|ip| (!matches!(ip, IpAddr::V4(v4) if v4.is_private()), *ip));
    found.dedup();
    found.push(IpAddr::V4(Ipv4Addr::LOCALHOST));
    found
}
