//! A pie divided by alternating offers in finitely many periods (Stahl 1972).

/// Two parties, `first` and `second`, offer in turn how to divide a pie that is cut into so many parts (at most 31), in so
/// many periods. An offer made in round r can be accepted in round r + 1 only, so there is one round more than periods.
/// Discounting is no part of a scenario: whoever solves the game values what was offered in round r at δ^(r−1).
pub fn scenario(periods: u8, parts: u32) -> String {
    let mut text = format!(
        "[scenario]\ntitle = \"A pie\"\nstart = 2025-01-01\nrounds = {}\n\
         [dynamics]\nconsult = 0\nwalk_out = {{ base = 0 }}\nmandate = {{ firm = 0, planned = 1, flexible = 0 }}\n\
         [party.first]\n[party.second]\n\
         [track.talks]\nseats = [\"first\", \"second\"]\nprocedure = \"alternating-offers\"\nsteps = 1\n\
         [item.pie]\ntrack = \"talks\"\n",
        periods + 1
    );
    for k in 0..=parts {
        let share = 100.0 * f64::from(k) / f64::from(parts);
        text += &format!("option.part-{k} = {{ first = {share}, second = {} }}\n", 100.0 - share);
    }
    text + "[instrument.pact]\ntrack = \"talks\"\nseals = [\"pie\"]\n"
}

/// What the first proposer gets: x(1) = 1, x(T) = 1 − δ·y(T − 1), where y is what the other, proposing first, would get and δ
/// is the other's factor.
pub fn first_share(own: f64, other: f64, periods: u32) -> f64 {
    if periods == 1 { 1.0 } else { 1.0 - other * first_share(other, own, periods - 1) }
}

/// The same game with discounts in the scenario and the pie in hundredths: so many tenths and so many hundredths, agreed together.
/// An offer of round r is accepted in round r + 1, where it is worth d^r: a period is a round, and both shares come to d times
/// what they are in the game whose first period costs nothing.
pub fn discounted(periods: u8, first: f64, second: f64) -> String {
    let mut text = format!(
        "[scenario]\ntitle = \"A pie\"\nstart = 2025-01-01\nrounds = {}\n\
         [dynamics]\nconsult = 0\nreopen = 0\nwalk_out = {{ base = 0 }}\nmandate = {{ firm = 0, planned = 1, flexible = 0 }}\n\
         [party.first]\ndiscount = {first}\n[party.second]\ndiscount = {second}\n\
         [track.talks]\nseats = [\"first\", \"second\"]\nprocedure = \"alternating-offers\"\nsteps = 1\n",
        periods + 1
    );
    for (item, unit, most) in [("tenths", 10, 9), ("hundredths", 1, 10)] {
        text += &format!("[item.{item}]\ntrack = \"talks\"\n");
        for k in 0..=most {
            let (one, other) = (k * unit, (most - k) * unit);
            text += &format!("option.part-{k} = {{ first = {one}, second = {other} }}\n");
        }
    }
    text
}
