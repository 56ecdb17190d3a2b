//! What the program says of a text, in this process.

use exaudit::check::engine::{self, Options};
use exaudit::check::{Catalogue, Check, wants};
use exaudit::exchange::admin_export::CsvOptions;
use exaudit::exchange::declaration::Hints;
use exaudit::exchange::export;
use exaudit::exchange::questions::Questions;
use exaudit::exchange::wanted::Wanted;
use exaudit::report::Finding;
use std::path::PathBuf;
use std::sync::LazyLock;

/// The automated checks, and what they want.
pub struct Judges {
    catalogue: Catalogue,
    pub wanted: Wanted,
}

pub static JUDGES: LazyLock<Judges> = LazyLock::new(|| {
    let catalogue = Catalogue::embedded().expect("the catalogue");
    let wanted = wants::of(&automated(&catalogue));
    Judges { catalogue, wanted }
});

fn automated(catalogue: &Catalogue) -> Vec<&Check> {
    catalogue.checks().iter().filter(|check| check.kind() == "automated").collect()
}

impl Judges {
    /// The attributes that a check, or one that it needs, reads.
    pub fn reads(&self, check: &str) -> Vec<String> {
        let check = self.catalogue.check(check).expect("a check");
        let wanted = wants::of(&self.catalogue.with_needs(&[check]));
        let followed = wanted.followed.iter().map(|followed| followed.attribute.clone());
        followed.chain(wanted.followed_on.clone()).chain(wanted.all()).collect()
    }

    /// What all checks say of the files together.
    pub fn judge(&self, files: &[PathBuf], sees_hidden: Option<bool>) -> Vec<Finding> {
        let export = export::read(files, &CsvOptions::default(), usize::MAX).expect("an export");
        let hints = Hints { sees_hidden, ..Hints::default() };
        let questions = Questions::of(export.directory, export.base.unwrap_or_default(), hints, self.wanted.all());
        let options = Options { each: true, ..Options::default() };
        engine::judge(&self.catalogue, &automated(&self.catalogue), &questions, &export.origin, 0, options)
    }
}
