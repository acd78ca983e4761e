//! Whole random scenarios, built from a string of bytes: every byte decides one thing, 0 the plainest, so that
//! shrinking the bytes shrinks the scenario.

use proptest::collection::vec;
use proptest::prelude::*;

use baraza::domain::Action;

use super::draft::Draft;

/// How large generated scenarios may be.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub parties: usize,
    pub tracks: usize,
    pub items: usize,
    pub options: usize,
    pub rounds: usize,
    /// Whether there are fronts, spoilers, backers, observers and events.
    pub ground: bool,
}

/// Scenarios with everything in them.
pub const LARGE: Size = Size { parties: 4, tracks: 2, items: 5, options: 4, rounds: 8, ground: true };

/// Scenarios small enough to visit every state.
pub const SMALL: Size = Size { parties: 2, tracks: 1, items: 2, options: 2, rounds: 2, ground: false };

/// Random scenarios of a size.
pub fn scenarios(size: Size) -> impl Strategy<Value = Draft> {
    vec(any::<u8>(), 0..500)
        .prop_map(move |bytes| Builder { bytes, at: 0, size, draft: Draft::default() }.build())
}

const LEVELS: [&str; 5] = ["medium", "high", "low", "very-high", "very-low"];

struct Builder {
    bytes: Vec<u8>,
    at: usize,
    size: Size,
    draft: Draft,
}

struct Cast {
    parties: Vec<String>,
    tracks: Vec<(String, Vec<String>)>,
    /// The procedure of every track.
    procedures: Vec<&'static str>,
    items: Vec<(String, usize)>,
    instruments: Vec<(String, usize)>,
    fronts: Vec<String>,
    spoilers: Vec<String>,
    backers: Vec<String>,
    observers: Vec<String>,
    events: Vec<String>,
}

fn text(value: impl AsRef<str>) -> String {
    format!("\"{}\"", value.as_ref())
}

fn list<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    let quoted: Vec<_> = values.into_iter().map(text).collect();
    format!("[{}]", quoted.join(", "))
}

fn inline(keys: &[(String, String)]) -> String {
    let keys: Vec<_> = keys.iter().map(|(k, v)| format!("{k} = {v}")).collect();
    format!("{{ {} }}", keys.join(", "))
}

fn ids(prefix: &str, n: usize) -> Vec<String> {
    (0..n).map(|k| format!("{prefix}{k}")).collect()
}

type Keys = Vec<(String, String)>;

fn key(keys: &mut Keys, name: &str, value: impl Into<String>) {
    keys.push((name.into(), value.into()));
}

impl Builder {
    fn byte(&mut self) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte)
    }

    /// One of `n`, 0 being the plainest.
    fn pick(&mut self, n: usize) -> usize {
        self.byte() % n.max(1)
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.pick(of.len())]
    }

    fn flag(&mut self) -> bool {
        self.pick(3) == 1
    }

    fn level(&mut self) -> String {
        text(self.one(&LEVELS))
    }

    fn odds(&mut self) -> String {
        self.one(&["0.5", "0.25", "0", "1", "0.1", "0.9", "0.333"]).to_string()
    }

    /// Some of a list, at least `least` where there are so many.
    fn some(&mut self, of: &[String], least: usize) -> Vec<String> {
        let mut chosen: Vec<String> = of.iter().filter(|_| self.pick(2) == 1).cloned().collect();
        for one in of {
            if chosen.len() < least && !chosen.contains(one) {
                chosen.push(one.clone());
            }
        }
        chosen
    }

    fn build(mut self) -> Draft {
        let rounds = 1 + self.pick(self.size.rounds);
        let cast = self.cast();
        let mut keys = Keys::new();
        key(&mut keys, "title", text("Generated"));
        key(&mut keys, "start", "2025-01-01");
        key(&mut keys, "rounds", rounds.to_string());
        self.draft.table("", "scenario", keys);
        for k in 0..cast.parties.len() {
            self.party(&cast, k);
        }
        for k in 0..cast.tracks.len() {
            self.track(&cast, k);
        }
        for k in 0..cast.items.len() {
            self.item(&cast, k);
        }
        for k in 0..cast.instruments.len() {
            self.instrument(&cast, k);
        }
        self.ground(&cast);
        for k in 0..cast.events.len() {
            self.event(&cast, k);
        }
        self.rest(&cast);
        self.changing(&cast);
        self.draft
    }

    fn cast(&mut self) -> Cast {
        let parties = ids("p", 2 + self.pick(self.size.parties - 1));
        let tracks = 1 + self.pick(self.size.tracks);
        let tracks: Vec<_> = ids("t", tracks)
            .into_iter()
            .enumerate()
            .map(|(k, id)| (id, if k == 0 { parties.clone() } else { self.some(&parties, 2) }))
            .collect();
        const PROCEDURES: [&str; 4] = ["item-by-item", "vote", "alternating-offers", "single-text"];
        let procedures = tracks.iter().map(|_| PROCEDURES[self.pick(4)]).collect();
        let n = 1 + self.pick(self.size.items);
        let items: Vec<_> = ids("i", n).into_iter().map(|id| (id, self.pick(tracks.len()))).collect();
        let n = self.pick(4);
        let instruments = ids("n", n).into_iter().map(|id| (id, self.pick(tracks.len()))).collect();
        let ground = usize::from(self.size.ground);
        Cast {
            fronts: ids("f", ground * self.pick(3)),
            spoilers: ids("s", ground * self.pick(3)),
            backers: ids("b", ground * self.pick(3)),
            observers: ids("o", ground * self.pick(3)),
            events: ids("e", self.pick(4)),
            parties,
            tracks,
            procedures,
            items,
            instruments,
        }
    }

    fn party(&mut self, cast: &Cast, k: usize) {
        let me = &cast.parties[k];
        let others: Vec<_> = cast.parties.iter().filter(|p| *p != me).cloned().collect();
        let mut keys = Keys::new();
        key(&mut keys, "alternative", [20, 0, 40, 60, 90][self.pick(5)].to_string());
        let trust: Keys = others.iter().map(|q| (q.clone(), self.level())).collect();
        key(&mut keys, "trust", inline(&trust));
        for name in ["capability", "audience", "weariness", "pressure"] {
            if self.flag() {
                let level = self.level();
                key(&mut keys, name, level);
            }
        }
        if self.flag() {
            let allies = self.some(&others, 0);
            key(&mut keys, "allies", list(allies));
        }
        if !cast.fronts.is_empty() && self.flag() {
            let stakes: Keys = cast.fronts.iter().map(|f| (f.clone(), self.pick(30).to_string())).collect();
            key(&mut keys, "stake", inline(&stakes));
        }
        let offers = cast
            .tracks
            .iter()
            .zip(&cast.procedures)
            .all(|((_, seats), procedure)| *procedure == "alternating-offers" || !seats.contains(me));
        let tactic = self.tactic(offers);
        key(&mut keys, "tactic", tactic);
        if self.pick(5) == 1 {
            key(&mut keys, "discount", self.one(&["0.5", "0.9", "0.97"]));
            key(&mut keys, "discounts", self.one(&["\"agreement\"", "\"both\""]));
        }
        if self.flag() {
            key(&mut keys, "ceasefire", "true");
        }
        if self.flag() {
            let odds = self.one(&[
                "{ firm = 1, planned = 0, flexible = 0 }",
                "{ firm = 0.5, planned = 0.25, flexible = 0.25 }",
            ]);
            key(&mut keys, "mandate", odds);
        }
        for name in ["admitted_when", "suspended_when"] {
            if self.pick(6) == 1 {
                let condition = self.condition(cast, false);
                key(&mut keys, name, text(condition));
            }
        }
        if self.pick(6) == 1 {
            let condition = self.condition(cast, false);
            key(&mut keys, "precondition", text(condition));
        }
        self.draft.table("party", me, keys);
    }

    fn tactic(&mut self, offers: bool) -> String {
        const TACTICS: [&str; 18] = [
            "{ kind = \"linear\" }",
            "{ kind = \"boulware\", beta = 0.3 }",
            "{ kind = \"conceder\", kappa = 0.2, deadline = 3 }",
            "{ kind = \"exponential\", beta = 2.0, kappa = 0.05 }",
            "{ kind = \"hardliner\", kappa = 0.4 }",
            "{ kind = \"fixed\", demand = 60 }",
            "{ kind = \"tit-for-tat\" }",
            "{ kind = \"tit-for-tat\", imitation = \"averaged\", window = 2 }",
            "{ kind = \"tit-for-tat\", imitation = \"random-absolute\", spread = 3 }",
            "{ kind = \"polynomial\", beta = 5.0 }",
            "{ kind = \"resource\", rate = 0.7 }",
            "{ kind = \"conceder\", deadline = 2, walks_away = true }",
            "{ kind = \"resource\", resource = \"parties\", rate = 0.5 }",
            "{ kind = \"resource\", resource = \"patience\", kappa = 0.1 }",
            "{ kind = \"tit-for-tat\", window = 2 }",
            "{ kind = \"mixture\", parts = [{ kind = \"resource\", resource = \"patience\" }, { kind = \"tit-for-tat\" }] }",
            "{ kind = \"mixture\", parts = [{ kind = \"boulware\", weight = 2 }, { kind = \"tit-for-tat\" }] }",
            "{ kind = \"mixture\", parts = [{ kind = \"fixed\", demand = 70 }, { kind = \"resource\" }] }",
        ];
        if offers && self.pick(3) == 1 {
            return "{ kind = \"micro\" }".into();
        }
        self.one(&TACTICS).to_string()
    }

    fn track(&mut self, cast: &Cast, k: usize) {
        let (id, seats) = &cast.tracks[k];
        let procedure = cast.procedures[k];
        let whole = matches!(procedure, "alternating-offers" | "single-text");
        let least = usize::from(procedure == "single-text");
        let mediators = ids(&format!("m{k}"), least.max(self.pick(3)));
        let mut keys = Keys::new();
        key(&mut keys, "seats", list(seats));
        key(&mut keys, "mediators", list(&mediators));
        key(&mut keys, "procedure", text(procedure));
        match procedure {
            "alternating-offers" => {
                key(&mut keys, "offers", text(self.one(&["own-best", "closest"])));
                if self.flag() {
                    key(&mut keys, "steps", (1 + self.pick(5)).to_string());
                }
            }
            "single-text" => key(&mut keys, "tolerance", self.one(&["0", "5", "20"]).to_string()),
            _ => {}
        }
        let rule = match self.pick(if whole { 1 } else { 4 }) {
            0 => text("consensus"),
            1 => text("majority"),
            2 => format!("{{ kind = \"all-but\", n = 1, vetoes = {} }}", list(&seats[..1])),
            _ => format!("{{ kind = \"sufficient-consensus\", blocs = {{ one = {} }} }}", list(&seats[1..])),
        };
        key(&mut keys, "rule", rule);
        key(&mut keys, "package", text(self.one(&["step-by-step", "nothing-until-everything"])));
        if !whole {
            let agenda = self.one(&["listed", "easiest-first", "hardest-first", "all-at-once"]);
            key(&mut keys, "agenda", text(agenda));
        }
        if !whole && self.flag() {
            key(&mut keys, "at_most", (1 + self.pick(3)).to_string());
        }
        if self.flag() {
            key(&mut keys, "deadline", (1 + self.pick(8)).to_string());
            key(&mut keys, "hard_deadline", if self.flag() { "true" } else { "false" });
        }
        for name in ["opens_when", "suspended_when", "collapses_when"] {
            if self.pick(8) == 1 {
                let condition = self.condition(cast, true);
                key(&mut keys, name, text(condition));
            }
        }
        self.draft.table("track", id, keys);
        for id in mediators {
            self.mediator(cast, id, seats);
        }
    }

    fn mediator(&mut self, cast: &Cast, id: String, seats: &[String]) {
        let mut keys = Keys::new();
        let mut style: Keys = vec![(Action::NAMES[self.pick(Action::COUNT)].into(), "1".into())];
        for action in Action::NAMES {
            if self.flag() && style[0].0 != action {
                style.push((action.into(), (1 + self.pick(4)).to_string()));
            }
        }
        key(&mut keys, "style", inline(&style));
        for name in ["credibility", "leverage"] {
            let level = self.level();
            key(&mut keys, name, level);
        }
        if self.flag() {
            key(&mut keys, "bias", text(&seats[self.pick(seats.len())]));
        }
        if self.flag() {
            key(&mut keys, "inducement", text("carrot"));
        }
        if self.flag() {
            let partners = self.some(&cast.observers, 0);
            key(&mut keys, "partners", list(partners));
        }
        self.draft.table("mediator", id, keys);
    }

    fn item(&mut self, cast: &Cast, k: usize) {
        let (id, track) = &cast.items[k];
        let seats = &cast.tracks[*track].1;
        let mut keys = Keys::new();
        key(&mut keys, "track", text(&cast.tracks[*track].0));
        if self.flag() {
            let level = self.level();
            key(&mut keys, "guarantee", level);
        }
        let whole = matches!(cast.procedures[*track], "alternating-offers" | "single-text");
        if !whole && self.pick(5) == 1 {
            let condition = self.condition(cast, true);
            key(&mut keys, "requires", text(condition));
        }
        let options = 1 + self.pick(self.size.options);
        for o in 0..options {
            let mut option: Keys = seats.iter().map(|p| (p.clone(), self.pick(41).to_string())).collect();
            if self.pick(6) == 1 {
                let who = self.some(seats, 1);
                option.push(("red_line_of".into(), list(who)));
            }
            if self.pick(4) == 1 && seats.len() > 1 {
                let a = self.pick(seats.len());
                let b = (a + 1) % seats.len();
                let risk = self.pick(40);
                let exposure = format!("{{ {} = {{ to = \"{}\", risk = {risk} }} }}", seats[a], seats[b]);
                option.push(("exposes".into(), exposure));
            }
            key(&mut keys, &format!("option.opt{o}"), inline(&option));
        }
        self.draft.table("item", id, keys);
    }

    fn instrument(&mut self, cast: &Cast, k: usize) {
        let (id, track) = &cast.instruments[k];
        let (track_id, seats) = &cast.tracks[*track];
        let own: Vec<_> = cast.items.iter().filter(|i| i.1 == *track).map(|i| i.0.clone()).collect();
        let mut keys = Keys::new();
        key(&mut keys, "track", text(track_id));
        let seals = self.some(&own, 1);
        key(&mut keys, "seals", list(seals));
        key(&mut keys, "kind", text(self.one(&["protocol", "comprehensive", "framework"])));
        if self.flag() {
            let signatories = self.some(seats, 1);
            key(&mut keys, "signatories", list(signatories));
        }
        if self.flag() {
            let provides = ["ceasefire", "verification", "separation", "joint-body"].map(String::from);
            let provides = self.some(&provides, 1);
            key(&mut keys, "provides", list(provides));
        }
        if self.flag() {
            key(&mut keys, "ratify", "{ passes = 0.5, rejects = 0.25 }");
        }
        if self.flag() {
            key(&mut keys, "phases", (1 + self.pick(3)).to_string());
            key(&mut keys, "matched", if self.flag() { "true" } else { "false" });
        }
        if self.flag() {
            key(&mut keys, "breach_limit", (1 + self.pick(4)).to_string());
        }
        if self.pick(5) == 1 {
            let condition = self.condition(cast, true);
            key(&mut keys, "requires", text(condition));
        }
        if self.flag() {
            let effect = self.effect(cast);
            key(&mut keys, "effect", list([effect]));
        }
        self.draft.table("instrument", id, keys);
    }

    fn ground(&mut self, cast: &Cast) {
        for id in &cast.fronts {
            let belligerents = self.some(&cast.parties, 2);
            let mut keys = Keys::new();
            key(&mut keys, "holder", text(&belligerents[self.pick(belligerents.len())]));
            key(
                &mut keys,
                "intensity",
                text(self.one(&["sporadic", "quiet", "clashes", "heavy", "offensive"])),
            );
            key(&mut keys, "belligerents", list(&belligerents));
            self.draft.table("front", id, keys);
        }
        for id in &cast.spoilers {
            self.spoiler(cast, id);
        }
        for id in &cast.backers {
            let client = self.pick(cast.parties.len());
            let mut keys = Keys::new();
            key(&mut keys, "supports", text(&cast.parties[client]));
            if self.flag() {
                key(&mut keys, "party", text(&cast.parties[(client + 1) % cast.parties.len()]));
            }
            for name in ["support", "exposure", "pressure", "tolerance"] {
                let level = self.level();
                key(&mut keys, name, level);
            }
            self.draft.table("backer", id, keys);
        }
        for id in &cast.observers {
            let watch =
                |kind: &str, ids: &[String]| ids.iter().map(|i| format!("{kind}.{i}")).collect::<Vec<_>>();
            let mut all = watch("backer", &cast.backers);
            all.extend(watch("front", &cast.fronts));
            all.extend(watch("spoiler", &cast.spoilers));
            let mut keys = Keys::new();
            let watches = self.some(&all, 1);
            key(&mut keys, "watches", list(watches));
            let odds = self.odds();
            key(&mut keys, "odds", odds);
            self.draft.table("observer", id, keys);
        }
    }

    fn spoiler(&mut self, cast: &Cast, id: &str) {
        let kind = self.one(&["limited", "greedy", "total"]);
        let mut keys = Keys::new();
        key(&mut keys, "kind", text(kind));
        let odds = self.odds();
        key(&mut keys, "odds", odds);
        let fronts = self.some(&cast.fronts, 0);
        key(&mut keys, "fronts", list(fronts));
        let texts: Vec<_> = cast.instruments.iter().map(|n| n.0.clone()).collect();
        let opposes = self.some(&texts, 0);
        key(&mut keys, "opposes", list(opposes));
        let level = self.level();
        key(&mut keys, "strength", level);
        if self.flag() {
            key(&mut keys, "victim", text(&cast.parties[0]));
            key(&mut keys, "blamed_on", text(&cast.parties[1]));
        }
        if kind == "limited" && self.flag() {
            let condition = self.condition(cast, true);
            key(&mut keys, "grievance", text(condition));
        }
        if kind != "total" && self.flag() {
            let condition = self.condition(cast, true);
            key(&mut keys, "coopted_when", text(condition));
        }
        self.draft.table("spoiler", id, keys);
    }

    fn event(&mut self, cast: &Cast, k: usize) {
        let mut keys = Keys::new();
        if self.flag() {
            let condition = self.condition(cast, true);
            key(&mut keys, "when", text(condition));
        }
        let odds = self.odds();
        key(&mut keys, "odds", odds);
        let effects: Vec<_> = (0..1 + self.pick(2)).map(|_| self.effect(cast)).collect();
        key(&mut keys, "effect", list(effects));
        if self.flag() {
            key(&mut keys, "repeats", "true");
        }
        self.draft.table("event", &cast.events[k], keys);
    }

    fn rest(&mut self, cast: &Cast) {
        if self.flag() {
            for (k, ends) in [(0, "true"), (1, "false")] {
                let condition = self.condition(cast, true);
                let keys = vec![("when".into(), text(condition)), ("ends".into(), ends.into())];
                self.draft.table("outcome", format!("out{k}"), keys);
            }
        }
        if self.flag() {
            let condition = self.condition(cast, true);
            let counts = format!("[{{ when = \"{condition}\", add = 2 }}, {{ add = 1 }}]");
            self.draft.table(
                "reward",
                "toll",
                vec![("unit".into(), text("units")), ("counts".into(), counts)],
            );
        }
        let names = ["consult", "park", "reopen", "withdraw", "weariness_odds", "pressure_fades"];
        let chosen: Vec<_> = names.iter().filter(|_| self.pick(3) == 1).copied().collect();
        let mut keys: Keys = Vec::new();
        for name in chosen {
            let odds = self.odds();
            key(&mut keys, name, odds);
        }
        if self.flag() {
            key(&mut keys, "threshold", text("above"));
        }
        self.draft.table("", "dynamics", keys);
    }

    /// Texts that lapse, second ratifiers, votes, agendas, procedures and preferences that change.
    fn changing(&mut self, cast: &Cast) {
        for (id, _) in &cast.instruments {
            if self.flag() {
                let days = text(self.one(&["40 days", "1 day", "75 days"]));
                self.draft.set("instrument", id, "expires_after", days);
                let renews = if self.pick(2) == 1 { "true" } else { "false" };
                self.draft.set("instrument", id, "renews", renews);
            }
            if self.draft.value("instrument", id, "ratify").is_some() && self.pick(2) == 1 {
                let two = "{ passes = 0.5, rejects = 0.25, second = { passes = 0.5, rejects = 0.3 } }";
                self.draft.set("instrument", id, "ratify", two);
            }
        }
        for (k, (id, seats)) in cast.tracks.iter().enumerate() {
            if matches!(cast.procedures[k], "item-by-item" | "vote") {
                self.by_item(id, seats);
            }
        }
        for party in &cast.parties {
            let offers = |(track, procedure): (&(String, Vec<String>), &&str)| {
                *procedure == "alternating-offers" && track.1.contains(party)
            };
            let changes = !cast.tracks.iter().zip(&cast.procedures).any(offers);
            if changes && self.flag() {
                self.profile(cast, party);
            }
        }
    }

    fn by_item(&mut self, track: &str, seats: &[String]) {
        if self.flag() {
            let opens = 1 + self.pick(3);
            self.draft.set("track", track, "opens", opens.to_string());
        }
        let rule = self.draft.value("track", track, "rule").unwrap_or_default().to_owned();
        if (rule.contains("majority") || rule.contains("sufficient")) && self.flag() {
            let votes: Keys = seats.iter().map(|p| (p.clone(), self.pick(9).to_string())).collect();
            self.draft.set("track", track, "weight", inline(&votes));
        }
        let mediated = self.draft.value("track", track, "mediators") != Some("[]");
        if rule == "\"consensus\"" && mediated && self.flag() {
            let tolerance = self.one(&["5", "0", "20"]);
            self.draft.set("track", track, "tolerance", tolerance);
            let odds = self.odds();
            let effect = list([format!("track.{track}.procedure = single-text")]);
            let keys = vec![("odds".into(), odds), ("effect".into(), effect)];
            self.draft.table("event", format!("turn-{track}"), keys);
        }
    }

    fn profile(&mut self, cast: &Cast, party: &str) {
        let mut keys = Keys::new();
        if self.pick(2) == 1 {
            key(&mut keys, "alternative", self.one(&["10", "70", "35"]));
        }
        for (item, track) in &cast.items {
            if cast.tracks[*track].1.iter().any(|p| p == party) && self.pick(2) == 1 {
                key(&mut keys, &format!("points.{item}.opt0"), self.pick(60).to_string());
                if self.flag() {
                    key(&mut keys, &format!("red_lines.{item}"), "[\"opt0\"]");
                }
            }
        }
        let looks_back = |text: &str| text.contains("tit-for-tat") || text.contains("micro");
        if !looks_back(self.draft.value("party", party, "tactic").unwrap_or_default()) && self.pick(2) == 1 {
            key(&mut keys, "tactic", "{ kind = \"conceder\", deadline = 4 }");
        }
        self.draft.table("", format!("party.{party}.profile.other"), keys);
        for (profile, odds) in [("other", "0.5"), ("initial", "0.1")] {
            let effect = list([format!("party.{party}.profile = {profile}")]);
            let keys = vec![("odds".into(), odds.into()), ("effect".into(), effect)];
            self.draft.table("event", format!("{profile}-{party}"), keys);
        }
    }

    /// A condition; `seats` tells whether it may look at who sits where.
    fn condition(&mut self, cast: &Cast, seats: bool) -> String {
        let first = self.comparison(cast, seats);
        match self.pick(5) {
            1 => format!("{first} or {}", self.comparison(cast, seats)),
            2 => format!("{first} and not ({})", self.comparison(cast, seats)),
            3 => format!("count({first}, {}) >= 1", self.comparison(cast, seats)),
            _ => first,
        }
    }

    fn comparison(&mut self, cast: &Cast, seats: bool) -> String {
        let item = &cast.items[self.pick(cast.items.len())].0;
        let party = &cast.parties[self.pick(cast.parties.len())];
        let track = &cast.tracks[self.pick(cast.tracks.len())].0;
        let round = 1 + self.pick(4);
        match self.pick(9) {
            1 => format!("item.{item}.settled"),
            2 => format!("party.{party}.weariness >= low"),
            3 => format!("item.{item}.state in [sealed, agreed]"),
            4 => format!("track.{track}.settled >= 1"),
            5 if seats => format!("any(track.*.state == open) and track.{track}.ripe"),
            6 if !cast.fronts.is_empty() => {
                format!("any(front.*.intensity >= clashes and front.*.holder == {party})")
            }
            7 if !cast.instruments.is_empty() => "any(instrument.*.signed)".into(),
            8 => format!("party.{party}.ceasefire or date > 2025-01-20"),
            _ => format!("round >= {round}"),
        }
    }

    fn effect(&mut self, cast: &Cast) -> String {
        let item = &cast.items[self.pick(cast.items.len())].0;
        let party = &cast.parties[self.pick(cast.parties.len())];
        let other = cast.parties.iter().find(|p| *p != party).expect("two parties");
        let track = &cast.tracks[self.pick(cast.tracks.len())].0;
        match self.pick(9) {
            1 => format!("party.{party}.trust.{other} += 1"),
            2 => format!("party.{party}.weariness += 2"),
            3 => format!("item.{item}.state = contested"),
            4 => format!("track.{track}.deadline -= 1"),
            5 => format!("item.{item}.guarantee = very-high"),
            6 if !cast.fronts.is_empty() => format!("front.{}.intensity += 1", cast.fronts[0]),
            7 if !cast.instruments.is_empty() => {
                format!("instrument.{}.state = broken", cast.instruments[0].0)
            }
            8 => format!("party.{party}.ceasefire = true"),
            _ => format!("party.{party}.pressure += 1"),
        }
    }
}
