//! What the page calls, in plain WebAssembly: a request is written into [`room`], [`ask`] answers, and the answer lies at
//! [`reply`].
//!
//! There is one thread, one desk and one buffer each way. The page provides `page.now`, a clock, and `page.tell`, which hears of
//! progress and of a panic.
#![expect(
    unsafe_code,
    reason = "exports and imports of WebAssembly are unsafe by their form"
)]

use crate::desk::{Desk, Heard};
use std::cell::RefCell;

#[link(wasm_import_module = "page")]
unsafe extern "C" {
    /// Hear of progress, or of a panic: so many bytes of UTF-8 from an address.
    safe fn tell(from: *const u8, bytes: usize);
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::new(Desk::default());
    static REQUEST: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static REPLY: RefCell<String> = const { RefCell::new(String::new()) };
}

fn told(text: &str) {
    tell(text.as_ptr(), text.len());
}

/// Room for a request of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    REQUEST.with_borrow_mut(|request| {
        request.clear();
        request.resize(bytes, 0);
        request.as_mut_ptr()
    })
}

/// Answer the request that was written; how many bytes the answer has.
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> usize {
    std::panic::set_hook(Box::new(|panic| told(&format!("panic {panic}"))));
    let request = REQUEST.take();
    let request = String::from_utf8_lossy(&request);
    let hear: Heard = std::sync::Arc::new(|progress: &str| told(progress));
    let reply = DESK.with_borrow_mut(|desk| desk.ask(&request, &hear));
    let bytes = reply.len();
    REPLY.set(reply);
    bytes
}

/// Where the answer lies, until the next request.
#[unsafe(no_mangle)]
pub extern "C" fn reply() -> *const u8 {
    REPLY.with_borrow(|reply| reply.as_ptr())
}
