//! Cells of rows, measured in the columns that they take on a terminal: a Chinese character takes two.

use textwrap::core::display_width;

/// A text with blanks after it up to so many columns; a longer one stays as it is.
pub(crate) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(display_width(text))))
}

/// The same with the blanks before it.
pub(crate) fn flush_right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(display_width(text))))
}

/// As much of a text as fits into so many columns.
pub(crate) fn head(text: &str, width: usize) -> String {
    let mut taken = 0;
    let fits = |c: &char| {
        taken += display_width(c.encode_utf8(&mut [0; 4]));
        taken <= width
    };
    text.chars().take_while(fits).collect()
}

/// A text of at most so many columns; what is cut off is marked.
pub(crate) fn cut(text: &str, width: usize) -> String {
    match display_width(text) <= width {
        true => text.to_owned(),
        false => format!("{}…", head(text, width.saturating_sub(1))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cells_take_the_columns_they_are_given(text in "[a-z 中文é]{0,30}", width in 1..40usize) {
            prop_assert!(display_width(&head(&text, width)) <= width);
            let cut = cut(&text, width);
            prop_assert!(display_width(&cut) <= width);
            prop_assert_eq!(display_width(&padded(&cut, width)), width);
            prop_assert_eq!(display_width(&flush_right(&cut, width)), width);
        }
    }
}
