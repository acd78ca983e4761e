//! The packages of a track seen through two halves of its agenda: every way to settle the first items, and every way to
//! settle the rest. A package is one way of each, so that what is asked of millions of packages is answered by looking at
//! a few thousand ways (Horowitz & Sahni 1974).

use super::{OptionId, Score};

/// A way to settle one half of the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    worth: Score,
    /// Its number among all ways of its half, the first item as the highest digit.
    number: u32,
}

/// The packages that somebody may choose among, with what they are worth: a package's worth is the sum of its options'.
#[derive(Clone, Debug, Default)]
pub struct Halves {
    /// Those worth least first, ties in the order listed.
    ways: [Vec<Way>; 2],
    /// How many ways the second half has, those that may not be chosen included.
    stride: u32,
    /// What each way of a half has in common with a package, by number: room to work in.
    alike: [Vec<Score>; 2],
    /// Packages in the order of [`Halves::nth`], as far as they have been asked for: their worth turned round, and number.
    listed: Vec<(Score, u32)>,
}

impl Halves {
    /// Nothing to choose among yet, with room for ways to settle items of so many options in each half, and for the first
    /// `listed` packages in order.
    pub fn with_room(options: [&[u32]; 2], listed: usize) -> Self {
        let ways = options.map(|half| half.iter().map(|n| *n as usize).product::<usize>());
        Self {
            // While one more item is added, the ways without it are still there.
            ways: ways.map(|n| Vec::with_capacity(n + n.div_ceil(2))),
            alike: ways.map(Vec::with_capacity),
            listed: Vec::with_capacity(ways[0].saturating_mul(ways[1]).min(listed)),
            stride: 0,
        }
    }

    /// Fills both halves anew. For each half `options` has the number of options of its items; `worth` says what an option
    /// of the so-manieth item of the agenda is worth, and nothing where it may not be chosen.
    pub fn fill(&mut self, options: [&[u32]; 2], worth: impl Fn(usize, OptionId) -> Option<Score>) {
        self.stride = options[1].iter().product();
        self.listed.clear();
        let mut k = 0;
        for (ways, half) in self.ways.iter_mut().zip(options) {
            ways.clear();
            ways.push(Way { worth: 0, number: 0 });
            for n in half {
                extend(ways, *n, |o| worth(k, o));
                k += 1;
            }
            ways.sort_unstable();
        }
    }

    /// How many packages there are to choose among.
    pub fn count(&self) -> usize {
        self.ways[0].len() * self.ways[1].len()
    }

    /// The package that is worth least of those worth at least so much; ties go to the one listed first.
    pub fn cheapest(&self, least: Score) -> Option<u32> {
        self.search(least, |_, _| 0)
    }

    /// Of the packages worth at least so much the one most like another: the largest sum over the items on which both say the
    /// same, then the one worth least, then the one listed first. `shared` has the other's option on the so-manieth item, and
    /// what it counts to have it in common.
    pub fn closest(
        &mut self,
        options: [&[u32]; 2],
        least: Score,
        shared: impl Fn(usize) -> Option<(OptionId, Score)>,
    ) -> Option<u32> {
        let mut alike = std::mem::take(&mut self.alike);
        let mut k = 0;
        for (alike, half) in alike.iter_mut().zip(options) {
            alike.clear();
            alike.push(0);
            for n in half {
                compare(alike, *n as usize, shared(k));
                k += 1;
            }
        }
        let found = self.search(least, |half, way| alike[half][way.number as usize]);
        self.alike = alike;
        found
    }

    fn search(&self, least: Score, alike: impl Fn(usize, Way) -> Score) -> Option<u32> {
        // Likeness turned round, worth, number: the smallest is the answer.
        type Key = (Score, Score, u32);
        let smaller = |found: &mut Option<Key>, key: Key| *found = Some(found.map_or(key, |f| f.min(key)));
        let [first, second] = &self.ways;
        let (mut found, mut rest): (Option<Key>, Option<Key>) = (None, None);
        let mut end = second.len();
        for way in first {
            // The more the first half is worth, the more ways of the second half suffice.
            while end > 0 && way.worth + second[end - 1].worth >= least {
                end -= 1;
                smaller(&mut rest, (-alike(1, second[end]), second[end].worth, second[end].number));
            }
            if let Some((unlike, worth, number)) = rest {
                let number = way.number * self.stride + number;
                smaller(&mut found, (unlike - alike(0, *way), worth + way.worth, number));
            }
        }
        found.map(|(.., number)| number)
    }

    /// For every way of the first half: from where on ways of the second half make it worth at least so much, and from where
    /// on more.
    fn reach(&self, worth: Score) -> impl Iterator<Item = (Way, usize, usize)> + '_ {
        let [first, second] = &self.ways;
        let (mut enough, mut more) = (second.len(), second.len());
        first.iter().map(move |way| {
            while enough > 0 && way.worth + second[enough - 1].worth >= worth {
                enough -= 1;
            }
            while more > 0 && way.worth + second[more - 1].worth > worth {
                more -= 1;
            }
            (*way, enough, more)
        })
    }

    /// How many packages come before a package of so much worth and this number: those worth more, and those worth the same
    /// that are listed before it.
    pub fn rank(&self, worth: Score, number: u32) -> usize {
        let second = &self.ways[1];
        let before = |(way, enough, more): (Way, usize, usize)| {
            let listed = |b: &Way| way.number * self.stride + b.number < number;
            second.len() - more + second[enough..more].partition_point(listed)
        };
        self.reach(worth).map(before).sum()
    }

    /// The `n`-th package, counted from 0: those worth most first, ties in the order listed.
    pub fn nth(&mut self, n: usize) -> Option<u32> {
        if n >= self.listed.len() && n < self.count() {
            self.list((2 * n).max(16).min(self.count()));
        }
        self.listed.get(n).map(|(_, number)| *number)
    }

    /// Lists the first `n` packages, at least one and no more than there are.
    fn list(&mut self, n: usize) {
        let end = |way: Option<&Way>| way.map_or(0, |w| w.worth);
        let [first, second] = &self.ways;
        let least = end(first.first()) + end(second.first());
        let most = end(first.last()) + end(second.last());
        // The worth of the last of them, and the number from which on packages of that worth are left out.
        let worth = most
            - lowest((most - least) as u32, |less| self.rank(most - less as Score, u32::MAX) >= n) as Score;
        let numbers = lowest(u32::MAX, |number| self.rank(worth, number) >= n);
        let mut listed = std::mem::take(&mut self.listed);
        listed.clear();
        for (way, enough, more) in self.reach(worth) {
            let whole = |b: &Way| (-(way.worth + b.worth), way.number * self.stride + b.number);
            let [_, second] = &self.ways;
            listed.extend(second[more..].iter().map(whole));
            listed.extend(second[enough..more].iter().map(whole).take_while(|w| w.1 < numbers));
        }
        listed.sort_unstable();
        self.listed = listed;
    }
}

/// Every way with every option of one more item that may be chosen.
fn extend(ways: &mut Vec<Way>, options: u32, worth: impl Fn(OptionId) -> Option<Score>) {
    let before = ways.len();
    for o in 0..options {
        let Some(worth) = worth(OptionId::new(o as usize)) else { continue };
        for k in 0..before {
            let Way { worth: so_far, number } = ways[k];
            ways.push(Way { worth: so_far + worth, number: number * options + o });
        }
    }
    ways.drain(..before);
}

/// What ways have in common with another package, with one more item.
fn compare(alike: &mut Vec<Score>, options: usize, shared: Option<(OptionId, Score)>) {
    let before = alike.len();
    alike.resize(before * options, 0);
    // From the end, so that nothing is written over before it has been read.
    for way in (0..before).rev() {
        let so_far = alike[way];
        alike[way * options..][..options].fill(so_far);
        if let Some((option, counts)) = shared {
            alike[way * options + option.at()] += counts;
        }
    }
}

/// The lowest number up to `most` from which on something holds.
fn lowest(most: u32, holds: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}
