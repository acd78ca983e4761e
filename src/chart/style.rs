//! The colours of pictures and pages, light and dark, and the style sheet of pictures.
//!
//! Series take Okabe & Ito's palette (2008), which colour-blind people tell apart. States of items and intensities of
//! fronts are ordered by lightness, so that they can be told apart in grey; letters and hatches help.

use std::fmt::Write;

/// A colour: its name, its value on white and on dark.
pub(super) type Colour = (&'static str, &'static str, &'static str);

/// All colours.
pub(super) const COLOURS: &[Colour] = &[
    ("paper", "#ffffff", "#15181c"),
    ("panel", "#f4f5f3", "#1f242a"),
    ("ink", "#1a1c1e", "#eceae5"),
    ("quiet", "#53585e", "#aab0b6"),
    ("rule", "#d5d8d6", "#3a4047"),
    ("link", "#00558c", "#7cc4f2"),
    // Series: blue, orange, green, purple, vermilion, sky, black, yellow.
    ("s0", "#0072b2", "#56b4e9"),
    ("s1", "#e69f00", "#f0b53c"),
    ("s2", "#009e73", "#2fc49a"),
    ("s3", "#cc79a7", "#e2a3c6"),
    ("s4", "#d55e00", "#f0813a"),
    ("s5", "#56b4e9", "#9fd6f7"),
    ("s6", "#4a4a4a", "#d8d8d8"),
    ("s7", "#b8a800", "#f0e442"),
    // The scenario as it stands, beside which a change is shown.
    ("base", "#b9bdc1", "#737a82"),
    // States of an item, from dormant to implemented.
    ("i0", "#f5f5f2", "#23272c"),
    ("i1", "#fbe6b0", "#453d24"),
    ("i2", "#f5c55f", "#6e561f"),
    ("i3", "#d6a26b", "#946a3b"),
    ("i4", "#62a9d4", "#4796c4"),
    ("i5", "#2f7fb8", "#7cbce4"),
    ("i6", "#0d4a7c", "#b4dcf5"),
    // What went wrong, in a hue of its own: held up, and failed.
    ("x0", "#f3b6cb", "#7d3650"),
    ("x1", "#c2255c", "#ff8fb4"),
    // Intensities of a front, from quiet to offensive.
    ("f0", "#f5f5f2", "#23272c"),
    ("f1", "#fbdcb5", "#553718"),
    ("f2", "#f0a35e", "#96541b"),
    ("f3", "#cf5b1f", "#e0823c"),
    ("f4", "#75200c", "#ffd2b0"),
];

/// The fonts of pictures and pages; none is loaded from anywhere.
pub(crate) const FONTS: &str =
    "'Segoe UI', 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/// Rules for the classes that pictures use; colours are written as `var(--name)`.
const RULES: &str = "\
.chart text{fill:var(--ink);font-size:14px}
.chart .head{font-size:18px;font-weight:700}
.chart .small{font-size:12px}
.chart .quiet{fill:var(--quiet)}
.chart .m{text-anchor:middle}
.chart .e{text-anchor:end}
.chart .strong{font-weight:700}
.chart .grid{stroke:var(--rule);stroke-width:1;fill:none}
.chart .axis,.chart .whisker{stroke:var(--ink);stroke-width:1.5;fill:none}
.chart .zero{stroke:var(--ink);stroke-width:2}
.chart .dashed{stroke:var(--quiet);stroke-width:1.5;stroke-dasharray:6 4;fill:none}
.chart .leader{stroke:var(--quiet);stroke-width:1;fill:none}
.chart .edge{stroke:var(--paper);stroke-width:1}
.chart .box{stroke:var(--quiet);stroke-width:1;fill:none}
.chart .marked{stroke:var(--ink);stroke-width:2.5;fill:none}
.chart .hollow{fill:var(--paper);stroke:var(--ink);stroke-width:2}
.chart .band{opacity:.16}
.chart .curve{fill:none;stroke-width:2.5}
.chart .thin{stroke-width:1.25}
.chart .dots{fill:none;stroke:var(--base);stroke-width:3;stroke-linecap:round}
.chart .dots.inside{stroke:var(--s5);stroke-width:4}
.chart .dots.passing{stroke:var(--s3);stroke-width:4}
.chart .dots.front{stroke:var(--s0);stroke-width:7}
.chart .dots.many{stroke-width:5}
.chart .hatch{stroke:var(--ink);stroke-width:1;opacity:.55;fill:none}
.chart .light,.chart text.light{fill:var(--paper)}
.chart .pale{stroke:var(--paper);stroke-width:1.5;fill:none}
.chart .heat{fill:var(--s0)}
.chart .base{fill:var(--base)}
.chart .hit{fill:var(--ink);opacity:0}
.chart .mark:hover .hit,.chart .mark:focus .hit{opacity:.1}
.chart .over{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}
.chart .over.light{stroke:var(--x1)}
.chart .over.on-pale{stroke:var(--x0)}
.chart .over.on-base{stroke:var(--base)}
.chart .seat{fill:var(--panel);stroke:var(--ink);stroke-width:1.5}
.chart .seat.bold{stroke-width:3}
.chart .seat.faint{fill:var(--paper);stroke:var(--quiet);stroke-width:1}
";

/// The style sheet of pictures within a page, where the page defines the colours.
pub(crate) fn shared() -> String {
    let mut css = format!(".chart{{font-family:{FONTS}}}\n{RULES}");
    for (name, ..) in COLOURS {
        if name.len() == 2 {
            // Writing to a string does not fail.
            let _ = writeln!(css, ".chart .{name}{{fill:var(--{name})}}");
            if name.starts_with('s') {
                let _ = writeln!(css, ".chart .{name}.curve{{fill:none;stroke:var(--{name})}}");
            }
        }
    }
    css
}

/// The style sheet of a picture that stands alone, on white. Programs other than browsers often know no variables, so
/// the colours are written out.
pub(super) fn alone() -> String {
    COLOURS.iter().fold(shared(), |css, (name, light, _)| css.replace(&format!("var(--{name})"), light))
}

/// The colours as declarations of variables, for the root of a page.
pub(crate) fn variables(dark: bool) -> String {
    let pick = |c: &Colour| if dark { c.2 } else { c.1 };
    COLOURS.iter().map(|c| format!("--{}:{};", c.0, pick(c))).collect()
}

/// How light a colour looks by its name, 0..=1, roughly: weighted by what eyes see of red, green and blue.
#[cfg(test)]
pub(super) fn lightness(name: &str, dark: bool) -> f64 {
    let colour = COLOURS.iter().find(|c| c.0 == name).expect("a colour");
    let hex = if dark { colour.2 } else { colour.1 };
    let part = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour"));
    (0.299 * part(1) + 0.587 * part(3) + 0.114 * part(5)) / 255.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_ordered_by_lightness() {
        for kind in ["i", "f"] {
            let states: Vec<_> = COLOURS.iter().filter(|c| c.0.len() == 2 && c.0.starts_with(kind)).collect();
            assert!(states.len() >= 5);
            for pair in states.windows(2) {
                let [one, next] = [pair[0].0, pair[1].0];
                assert!(lightness(one, false) > lightness(next, false) + 0.03, "{next} on white");
                assert!(lightness(one, true) < lightness(next, true) - 0.03, "{next} on dark");
            }
        }
    }

    #[test]
    fn no_variable_is_left_where_a_picture_stands_alone() {
        assert!(!alone().contains("var("));
    }
}
