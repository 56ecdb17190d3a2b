//! What the comments of a file say, as they come by while its records are read.

use super::read::Builder;
use super::{MARK, Record, RecordError};

/// What was heard so far.
#[derive(Debug, Default)]
pub(in crate::directory) struct Heard {
    building: Option<Builder>,
    record: Option<Result<Record, RecordError>>,
    /// The lists of what was asked for when the next entry came; none where it does not say so.
    asked: Option<Vec<usize>>,
    /// How many entries the mark at the end speaks of.
    end: Option<usize>,
    /// A line that does not belong where it is.
    stray: Option<RecordError>,
}

impl Heard {
    /// Looks at a comment.
    pub(in crate::directory) fn comment(&mut self, comment: &[u8], line: u64) {
        let Some(text) = comment.strip_prefix(MARK.as_bytes()) else { return };
        let statement = std::str::from_utf8(text).unwrap_or_default();
        if let Some(number) = statement.strip_prefix("asked ") {
            self.begin_body();
            self.asked = Some(number.parse().into_iter().collect());
        } else if let Some(numbers) = statement.strip_prefix("answers ") {
            self.begin_body();
            // no entry answers more searches than there are
            let searches: Vec<usize> = numbers.split(' ').map_while(|number| number.parse().ok()).take(1000).collect();
            let lists = |record: &Record| record.lists_of(&searches);
            self.asked = Some(self.record.as_ref().and_then(|record| record.as_ref().ok()).map(lists).unwrap_or_default());
        } else if let Some(count) = statement.strip_prefix("end, entries: ") {
            self.begin_body();
            self.end = count.parse().ok();
        } else if self.record.is_none() {
            let builder = self.building.get_or_insert_default();
            if let Err(error) = builder.line(text, line) {
                self.building = None;
                self.record = Some(Err(error));
            }
        } else if matches!(self.record, Some(Ok(_))) {
            let what = "a line of a second record; give collected files one by one, each with its own --from";
            self.stray.get_or_insert_with(|| RecordError::new(line, what));
        }
    }

    /// The first entry is there: the record is whole.
    pub(in crate::directory) fn begin_body(&mut self) {
        if let Some(builder) = self.building.take() {
            self.record = Some(builder.finish());
        }
    }

    /// The record, if the file has one, or what is wrong with it.
    pub(in crate::directory) fn record(&mut self) -> Option<Result<Record, RecordError>> {
        self.begin_body();
        self.record.clone()
    }

    /// Whether the file is a collected one, and its record is believed.
    pub(in crate::directory) fn is_believed(&self) -> bool {
        matches!(self.record, Some(Ok(_)))
    }

    /// The numbers of the lists of what was asked for when the entry just read came; none for an entry that does not say so.
    pub(in crate::directory) fn take_asked(&mut self) -> Option<Vec<usize>> {
        self.asked.take()
    }

    /// Whether the file is a collected one without the mark at its end.
    pub(in crate::directory) fn lacks_end(&self) -> bool {
        self.end.is_none() && matches!(self.record, Some(Ok(_)))
    }

    /// What shows that a file of so many entries is not as it was written.
    pub(in crate::directory) fn damage(&self, entries: usize) -> Option<String> {
        match (&self.stray, self.end) {
            (Some(error), _) => Some(error.to_string()),
            (None, None) => Some("the mark at its end is missing: the file was cut short; collect again".into()),
            (None, Some(count)) if count != entries => {
                Some(format!("it holds {entries} entries, but its last line says {count}: the file was changed; collect again"))
            }
            (None, Some(_)) => None,
        }
    }
}
