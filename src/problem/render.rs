//! A problem as text: title, source lines with carets, help.

use super::{At, Problem, Source, Spot};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Renderer, Snippet};
use std::ops::Range;

/// The problem as plain text, without colour and without a final line break.
pub(super) fn problem(problem: &Problem, sources: &[Source]) -> String {
    let title = match &problem.at {
        // The path of a file is no key.
        At::Place(place) => match place.keys() {
            [one] => format!("{one}: {}", problem.message),
            _ => format!("{place}: {}", problem.message),
        },
        At::Spot(_) => problem.message.clone(),
    };
    let mut marks = vec![(&problem.at, AnnotationKind::Primary, problem.label.as_str())];
    if let Some((at, label)) = &problem.also {
        marks.push((at, AnnotationKind::Context, label.as_str()));
    }
    let mut elements: Vec<Element<'_>> = Vec::new();
    for (n, source) in sources.iter().enumerate() {
        let here: Vec<Annotation<'_>> = marks
            .iter()
            .filter_map(|(at, kind, label)| {
                let range = range_in(at, n, &source.text)?;
                Some(kind.span(range).label(*label))
            })
            .collect();
        if !here.is_empty() {
            let snippet = Snippet::source(source.text.as_str()).path(source.name.as_str());
            elements.push(snippet.annotations(here).into());
        }
    }
    if !problem.help.is_empty() {
        elements.push(Level::HELP.message(problem.help.as_str()).into());
    }
    let group = Level::ERROR.primary_title(title).elements(elements);
    Renderer::plain()
        .decor_style(DecorStyle::Ascii)
        .render(&[group])
}

/// The range to mark in a source, if the mark is in it: the first line of what it spans, cut to
/// whole characters so that rendering cannot fail.
fn range_in(at: &At, source: usize, text: &str) -> Option<Range<usize>> {
    let At::Spot(Spot { source: own, range }) = at else {
        return None;
    };
    if *own != source {
        return None;
    }
    let clip = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (clip(range.start), clip(range.end));
    let line = text[start..].find('\n').map_or(text.len(), |n| start + n);
    Some(start..end.min(line).max(start))
}
