//! The agenda: the state of each item, its options with the role's own points, what is settled.

use crate::domain::{ItemId, ItemState, Lifecycle, Quantity, TrackId};
use crate::kernel::worth;
use crate::telling::chronicle::{capital, clean, sentence};
use crate::telling::rules;
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::view::View;

/// The agenda of the role's tracks; or one item of it, by id.
pub fn items(view: &View, only: Option<ItemId>, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    for track in view.tracks() {
        let items = view.model.world.track(track).items.iter().copied();
        let items: Vec<ItemId> = items.filter(|i| only.is_none_or(|o| o == *i)).collect();
        if items.is_empty() {
            continue;
        }
        page.heading(&format!(
            "The agenda of {}",
            capital(&clean(&view.model.world.track(track).name.title))
        ));
        consent(&mut page, view, track);
        items.iter().for_each(|i| item(&mut page, view, *i));
    }
    page.finish()
}

fn consent(page: &mut Writer, view: &View, track: TrackId) {
    let world = &view.model.world;
    let t = world.track(track);
    let [rule, package] = [rules::consent(world, t), t.package.told().sentence.into()].map(|s| sentence(&s));
    let deadline = view.get(Quantity::Deadline(track));
    page.quiet(&format!("{rule} {package} The deadline is round {deadline}."));
}

fn item(page: &mut Writer, view: &View, item: ItemId) {
    let what = view.model.world.item(item);
    let state = ItemState::of(view.get(Quantity::ItemState(item)));
    page.section(&format!("{} ({}): {}", clean(&what.name.title), what.name.id, state.name()));
    if let (ItemState::Dormant, Some(requires)) = (state, &what.requires) {
        page.remark(&sentence(&format!("it can be tabled {}", view.clause(requires))));
    }
    let settled = worth::settled_option(view.model, &view.state, item);
    let width =
        what.options.iter().map(|o| textwrap::core::display_width(&o.name.id)).max().unwrap_or(0).min(24);
    for option in what.option_ids() {
        let mut text = view.choice(item, option);
        if let Some(worth) = view.worth(item, option) {
            text = format!("{text} – {worth}");
        }
        if settled == Some(option) {
            text = format!("{text} ◄ settled");
        }
        page.labelled(&what.options[option.at()].name.id, width, &text);
    }
}
