//! `fixed` of checks/articles.toml against what the published lists of fixes say: tests/catalogue/fixed.tsv.

use exaudit::check::Catalogue;

struct Row<'a> {
    list: &'a str,
    release: &'a str,
    article: &'a str,
    /// Why `fixed` does not follow the list.
    but: Option<&'a str>,
}

fn rows() -> Vec<Row<'static>> {
    let lines = include_str!("../catalogue/fixed.tsv").lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [list, release, article] => Row { list, release, article, but: None },
        [list, release, article, but] => Row { list, release, article, but: Some(but) },
        _ => panic!("list, release, article, and why not: {line:?}"),
    };
    lines.map(row).collect()
}

#[test]
fn fixed_is_what_the_lists_say() {
    let catalogue = Catalogue::embedded().expect("embedded");
    let rows = rows();
    assert!(rows.len() > 50, "{}", rows.len());
    for Row { list, release, article: kb, but } in rows {
        let article = catalogue.article(kb).unwrap_or_else(|| panic!("{kb} is not described; take its line out"));
        assert!(
            catalogue.article(list).is_none_or(|list| list.title.contains("Fixed") || list.title.contains("README")),
            "{list}"
        );
        let fixed = article.fixed.as_deref().unwrap_or_default();
        // "4.0 SP5, 5.5 SP1"; what is said of other products comes from elsewhere
        let (product, _) = release.split_once(' ').expect("product and service pack");
        let said: Vec<&str> = fixed.split(", ").filter(|one| one.starts_with(product)).collect();
        match but {
            None => assert_eq!(said, [release], "{kb}: {list} says {release}, `fixed` says {fixed:?}"),
            Some(but) => assert!(said.is_empty() && but.ends_with('.'), "{kb}: `fixed` says {fixed:?} in spite of: {but}"),
        }
    }
}
