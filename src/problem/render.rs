//! A problem as text: title, source lines with carets, help.

use super::{At, Kind, Problem, Spot, Text};
use crate::plain;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Level, Renderer, Snippet};
use std::ops::Range;

/// The problem as plain text, without colour and without a final line break.
pub(super) fn problem(problem: &Problem, sources: &[Text]) -> String {
    let title = match &problem.at {
        // The path of a file is no key.
        At::Place(place) => match place.keys() {
            [one] => format!("{one}: {}", problem.message),
            _ => format!("{place}: {}", problem.message),
        },
        At::Spot(_) => problem.message.clone(),
    };
    // What TOML's own reader says may have lines.
    let title = match problem.kind {
        Kind::Syntax => plain::lines(&title),
        _ => plain::message(&title),
    };
    let help = plain::message(&problem.help);
    let label = plain::message(&problem.label);
    let also = problem.also.as_ref();
    let also = also.map(|(at, label)| (at, plain::message(label)));
    let mut marks = vec![(&problem.at, AnnotationKind::Primary, label.as_str())];
    if let Some((at, label)) = &also {
        marks.push((at, AnnotationKind::Context, label.as_str()));
    }
    let mut elements: Vec<Element<'_>> = Vec::new();
    for (n, source) in sources.iter().enumerate() {
        let here: Vec<Mark<'_>> = marks
            .iter()
            .filter_map(|(at, kind, label)| {
                let range = range_in(at, n, &source.text)?;
                Some((*kind, range, *label))
            })
            .collect();
        if let Some(lines) = lines_of(&here, &source.text) {
            // The renderer reads all that it is given for each problem: it gets the lines it may show.
            let here = here.into_iter().map(|(kind, range, label)| {
                let range = range.start - lines.start..range.end - lines.start;
                kind.span(range).label(label)
            });
            let before = source.text[..lines.start].bytes();
            let snippet = Snippet::source(&source.text[lines.clone()])
                .line_start(1 + before.filter(|&byte| byte == b'\n').count())
                .path(source.name.as_str());
            elements.push(snippet.annotations(here.collect::<Vec<_>>()).into());
        }
    }
    if !help.is_empty() {
        elements.push(Level::HELP.message(help.as_str()).into());
    }
    let group = Level::ERROR.primary_title(title).elements(elements);
    Renderer::plain()
        .decor_style(DecorStyle::Ascii)
        .render(&[group])
}

/// What is marked in a source, how, and what is said of it.
type Mark<'p> = (AnnotationKind, Range<usize>, &'p str);

/// The lines from the first mark to the last, whole.
fn lines_of(marks: &[Mark<'_>], text: &str) -> Option<Range<usize>> {
    let start = marks.iter().map(|(_, range, _)| range.start).min()?;
    let end = marks.iter().map(|(_, range, _)| range.end).max()?;
    let first = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let last = text[end..].find('\n').map_or(text.len(), |n| end + n + 1);
    Some(first..last)
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
