//! The workbench's bindings for WebAssembly: three functions and one memory, without anything generated.
//!
//! A page writes a request as UTF-8 into room that it asks for ([`room`]), hands it over ([`ask`]), and reads the answer
//! ([`length`] says how long it is) before it asks again. What can be asked is in `baraza::workbench`.

use std::cell::RefCell;

use baraza::workbench::{Desk, MARK};

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
    /// The request, then the answer to it.
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Room for a request of so many bytes: where it begins. What was there before is gone.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    TEXT.with_borrow_mut(|text| {
        // What a long answer took is given back.
        *text = vec![0; bytes];
        text.as_mut_ptr()
    })
}

/// Answers the request that was written into the room: where the answer begins.
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> *const u8 {
    TEXT.with_borrow_mut(|text| {
        let request = String::from_utf8_lossy(text);
        *text = DESK.with_borrow_mut(|desk| desk.ask(&request)).into_bytes();
        text.as_ptr()
    })
}

/// Of how many bytes the answer is.
#[unsafe(no_mangle)]
pub extern "C" fn length() -> usize {
    TEXT.with_borrow(Vec::len)
}

/// Of which sources the library was built, as a text in the file: `web/build` reads it there.
#[unsafe(no_mangle)]
pub extern "C" fn sources() -> *const u8 {
    MARK.as_ptr()
}
