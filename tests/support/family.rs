//! A family of generic talks: two parties at war, a mediator, five items, a declaration, a ceasefire and a comprehensive text. What differs between
//! its members is drawn from their number; ranges and denominators stand here and nowhere else. Since draws are addressed by ids, every
//! member is to be played under a seed of its own.

use std::fmt::Write;

use super::numbers::Numbers;

/// What is the same for all members of one study.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Alternatives are drawn from this range, in points of 100.
    pub alternatives: (u32, u32),
    /// Rounds of 30 days.
    pub rounds: u32,
    /// Lines to add to `[dynamics]`; its tables must follow plain numbers.
    pub dynamics: &'static str,
    /// Lines to add to the track; without any, its deadline and the long run are drawn.
    pub track: &'static str,
    /// The weight of guarantees in the mediator's style.
    pub guarantee: u32,
    /// What the accord requires.
    pub requires: &'static str,
    /// Levels of both parties' optimism.
    pub optimism: &'static str,
    /// Trust of both parties in each other; where it is empty, it is drawn.
    pub trust: &'static str,
    /// Points at risk where a promise is broken are drawn from this range.
    pub risk: (u32, u32),
    /// How far these promises are guaranteed from the start.
    pub insured: &'static str,
}

/// The ranges of alternatives that are looked at: easy, usual and hard talks.
pub const ALTERNATIVES: [(u32, u32); 3] = [(50, 60), (60, 70), (65, 75)];

impl Default for Family {
    fn default() -> Self {
        Self {
            alternatives: ALTERNATIVES[1],
            rounds: 60,
            dynamics: "",
            track: "",
            guarantee: 1,
            requires: "instrument.ceasefire.signed",
            optimism: "very-low",
            trust: "",
            risk: (2, 10),
            insured: "very-low",
        }
    }
}

const LEVELS: [&str; 5] = ["very-low", "low", "medium", "high", "very-high"];

impl Family {
    /// The scenario of a member.
    pub fn member(&self, number: u64) -> String {
        let n = &mut Numbers(number);
        let mut text = format!(
            "[scenario]\ntitle = \"Generic talks {number}\"\nstart = 2030-01-01\nrounds = {}\nround_days = 30\nnormalise = true\n",
            self.rounds
        );
        for (own, other) in [("north", "south"), ("south", "north")] {
            let _ = writeln!(
                text,
                "[party.{own}]\nalternative = {}\ncapability = \"{}\"\ntrust = {{ {other} = \"{}\" }}\naudience = \"{}\"\nweariness = \"{}\"\n\
                 optimism = \"{}\"\nstake = {{ town = {} }}\nreserve = {{ points = 8 }}\ntactic = {{ kind = \"polynomial\", beta = {} }}",
                n.within(self.alternatives),
                n.pick(&LEVELS[1..4]),
                match (n.pick(&LEVELS[..3]), self.trust) {
                    (drawn, "") => drawn,
                    (_, fixed) => fixed,
                },
                n.pick(&LEVELS[..4]),
                n.pick(&LEVELS[..3]),
                self.optimism,
                n.within((0, 6)),
                n.pick(&["0.5", "0.8", "1", "1.5"]),
            );
        }
        let _ = writeln!(
            text,
            "[mediator.envoy]\nstyle = {{ facilitate = 3, formulate = 3, manipulate = 1, guarantee = {}, shuttle = 1 }}\ncredibility = \"{}\"\n\
             leverage = \"{}\"\n[track.talks]\nseats = [\"north\", \"south\"]\nmediators = [\"envoy\"]\n{}",
            self.guarantee,
            n.pick(&LEVELS[1..]),
            n.pick(&LEVELS[1..4]),
            self.track,
        );
        if self.track.is_empty() {
            let _ = writeln!(text, "deadline = {}\nlong_run = {}", n.within((6, 36)), n.within((12, 60)));
        }
        self.items(n, &mut text);
        self.ground(n, &mut text);
        let _ = writeln!(text, "[dynamics]\n{}", self.dynamics);
        text
    }

    /// Five items: each side has an option that suits it, with one between them.
    fn items(&self, n: &mut Numbers, text: &mut String) {
        for item in ["truce", "power", "land", "arms", "return"] {
            let best = [n.within((8, 32)), n.within((8, 32))];
            let middle = best.map(|b| b * n.within((50, 80)) / 100);
            let least = best.map(|b| b * n.within((0, 20)) / 100);
            let exposed = match item {
                "arms" => {
                    format!(", exposes = {{ south = {{ to = \"north\", risk = {} }} }}", n.within(self.risk))
                }
                "land" => {
                    format!(", exposes = {{ north = {{ to = \"south\", risk = {} }} }}", n.within(self.risk))
                }
                _ => String::new(),
            };
            let _ = writeln!(
                text,
                "[item.{item}]\ntrack = \"talks\"\nguarantee = \"{}\"\n[item.{item}.option]\nnorthern = {{ north = {}, south = {} }}\n\
                 between = {{ north = {}, south = {}{exposed} }}\nsouthern = {{ north = {}, south = {} }}",
                self.insured, best[0], least[1], middle[0], middle[1], least[0], best[1]
            );
        }
        text.push_str(
            "[instrument.ceasefire]\ntrack = \"talks\"\nkind = \"mechanism\"\nseals = [\"truce\"]\nprovides = [\"ceasefire\", \"verification\"]\n\
             [instrument.accord]\ntrack = \"talks\"\nkind = \"comprehensive\"\nseals = [\"power\", \"land\", \"arms\", \"return\"]\n\
             phases = 4\n",
        );
        let _ = writeln!(text, "requires = \"{}\"", self.requires);
        // With this a process has its first document, as most do: a text that settles nothing.
        text.push_str(
            "[instrument.declaration]\ntrack = \"talks\"\nkind = \"declaration\"\nsignatories = [\"north\", \"south\"]\nseals = []\n",
        );
    }

    fn ground(&self, n: &mut Numbers, text: &mut String) {
        let _ = writeln!(
            text,
            "[front.town]\nholder = \"{}\"\nbelligerents = [\"north\", \"south\"]\nintensity = \"{}\"",
            n.pick(&["north", "south"]),
            n.pick(&["sporadic", "clashes", "heavy"]),
        );
        let _ = writeln!(
            text,
            "[spoiler.band]\nkind = \"total\"\nodds = 0.1\nstrength = \"{}\"\nopposes = [\"accord\"]\nfronts = [\"town\"]\nvictim = \"north\"\n\
             blamed_on = \"south\"",
            n.pick(&LEVELS[1..4]),
        );
        let _ =
            writeln!(text, "[backer.power]\nsupports = \"south\"\nsupport = \"{}\"", n.pick(&LEVELS[..4]));
    }
}
