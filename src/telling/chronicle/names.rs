//! How agents are called inside a sentence.

use crate::domain::{
    BackerId, FrontId, InstrumentId, ItemId, Level, MediatorId, Name, OptionId, PartyId, SeatId, SpoilerId,
    TrackId, World,
};

use super::words::{clean, quoted};

/// A name inside a sentence: with an article where English wants one.
///
/// The rule is simple on purpose: a leading `The` becomes small, and names such as `Government of Rwanda` or
/// `African Union`, which are made of common nouns, get one. A scenario that wants it otherwise writes `The`.
pub(crate) fn name(name: &Name) -> String {
    let title = clean(&name.title);
    if let Some(rest) = title.strip_prefix("The ") {
        return format!("the {rest}");
    }
    let mut words = title.split(' ');
    let (first, second) = (words.next().unwrap_or(""), words.next());
    let of = second == Some("of") && !first.ends_with('s');
    let union = matches!(first, "United" | "African" | "European" | "Arab" | "UN" | "EU" | "AU")
        && second.is_some_and(|w| !w.starts_with('(') && !w.starts_with("and"));
    if of || union { format!("the {title}") } else { title }
}

/// A level in words.
pub(crate) fn level(value: u8) -> String {
    Level::new(value).name().replace('-', " ")
}

/// An intensity of fighting in words.
pub(crate) fn intensity(value: u8) -> &'static str {
    match value {
        0 => "quiet",
        1 => "sporadic fighting",
        2 => "clashes",
        3 => "heavy fighting",
        _ => "an offensive",
    }
}

/// Names by id.
pub(crate) trait Names {
    /// The scenario.
    fn world(&self) -> &World;

    /// A party.
    fn party(&self, id: PartyId) -> String {
        name(&self.world().party(id).name)
    }
    /// The party at a seat.
    fn seat(&self, id: SeatId) -> String {
        self.party(self.world().seat(id).party)
    }
    /// A mediator.
    fn mediator(&self, id: MediatorId) -> String {
        name(&self.world().mediator(id).name)
    }
    /// A track's title.
    fn track(&self, id: TrackId) -> String {
        quoted(&self.world().track(id).name.title)
    }
    /// An item's title.
    fn item(&self, id: ItemId) -> String {
        quoted(&self.world().item(id).name.title)
    }
    /// An option's title.
    fn option(&self, item: ItemId, option: OptionId) -> String {
        quoted(&self.world().item(item).options[option.at()].name.title)
    }
    /// An instrument's title.
    fn text(&self, id: InstrumentId) -> String {
        quoted(&self.world().instrument(id).name.title)
    }
    /// A front.
    fn front(&self, id: FrontId) -> String {
        name(&self.world().front(id).name)
    }
    /// A spoiler.
    fn spoiler(&self, id: SpoilerId) -> String {
        name(&self.world().spoiler(id).name)
    }
    /// A backer.
    fn backer(&self, id: BackerId) -> String {
        name(&self.world().backer(id).name)
    }
    /// Items, as a list.
    fn items(&self, ids: &[ItemId]) -> String {
        super::words::list(&ids.iter().map(|i| self.item(*i)).collect::<Vec<_>>())
    }
}

impl Names for World {
    fn world(&self) -> &World {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles() {
        let named = |title: &str| name(&Name { title: title.into(), ..Name::default() });
        assert_eq!(named("The Highlands"), "the Highlands");
        assert_eq!(named("Government of Rwanda"), "the Government of Rwanda");
        assert_eq!(named("Raiders of the gorge"), "Raiders of the gorge");
        assert_eq!(named("African Union"), "the African Union");
        assert_eq!(named("AFC/M23"), "AFC/M23");
        assert_eq!(named("Rwanda's army (RDF)"), "Rwanda's army (RDF)");
    }
}
