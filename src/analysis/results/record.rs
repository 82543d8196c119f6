//! The text form, line by line.

/// A line of CSV.
pub(super) fn record<S: AsRef<[u8]>>(cells: impl IntoIterator<Item = S>) -> String {
    let fault = "writing to memory cannot fail";
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(cells).expect(fault);
    let bytes = csv.into_inner().expect(fault);
    String::from_utf8(bytes).expect("written from text")
}
