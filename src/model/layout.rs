//! Layout: what a filing's page tells beside its text: who files, which cells
//! stand above each other, and which numbers are tagged.

use super::fact::Fact;
use super::filing::Filing;
use super::span::Span;

/// A cell of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GridCell {
    /// First column it covers, counted from 0. In plain text, columns of letters.
    pub left: u16,
    /// One past its last column.
    pub right: u16,
    /// Its bytes in the document's text.
    pub span: Span,
}

/// A line of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GridRow {
    /// Number of its table in the document.
    pub table: u32,
    /// First of its cells.
    pub first: usize,
    /// One past its last cell.
    pub end: usize,
    /// Its bytes in the document's text.
    pub span: Span,
}

/// The tables of a document, row by row, in the order of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// The rows.
    pub rows: Vec<GridRow>,
    /// The cells of all rows; empty ones are left out.
    pub cells: Vec<GridCell>,
}

impl Grid {
    /// Adds a row; cells come from left to right.
    pub fn push(&mut self, table: u32, span: Span, cells: impl IntoIterator<Item = GridCell>) {
        let first = self.cells.len();
        self.cells.extend(cells);
        self.rows.push(GridRow { table, first, end: self.cells.len(), span });
    }

    /// The cells of a row.
    pub fn cells_of(&self, row: &GridRow) -> &[GridCell] {
        self.cells.get(row.first..row.end).unwrap_or(&[])
    }

    /// Leaves out what begins at byte `at` or behind it.
    pub fn cut(&mut self, at: usize) {
        let kept = self.rows.partition_point(|r| r.span.start < at);
        self.rows.truncate(kept);
        self.cells.truncate(self.rows.last().map_or(0, |r| r.end));
    }

    /// Moves every place in the text.
    pub fn map(&mut self, place: impl Fn(Span) -> Span) {
        self.rows.iter_mut().for_each(|r| r.span = place(r.span));
        self.cells.iter_mut().for_each(|c| c.span = place(c.span));
    }
}

/// What a filing's page tells beside its text. Empty for other pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// What envelope and cover say of who files, and of when.
    pub filing: Filing,
    /// Its tables.
    pub grid: Grid,
    /// The numbers it tags.
    pub facts: Vec<Fact>,
    /// Facts, by their place in the list, and their places in the document's
    /// text, in its order. Facts that are not shown have none.
    pub places: Vec<(usize, Span)>,
}

impl Layout {
    /// The facts that a piece of the text prints, and where: what a figure is
    /// tagged as.
    pub fn facts_at(&self, span: Span) -> impl Iterator<Item = (&Fact, Span)> {
        let first = self.places.partition_point(|(_, place)| place.end <= span.start);
        let covered = self.places[first..].iter().take_while(move |(_, place)| place.start < span.end);
        covered.filter_map(|(fact, place)| Some((self.facts.get(*fact)?, *place)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_cut_with_their_cells() {
        let cell = |start| GridCell { left: 0, right: 1, span: Span::new(start, start + 1) };
        let mut grid = Grid::default();
        grid.push(1, Span::new(0, 5), [cell(0), cell(2)]);
        grid.push(1, Span::new(6, 9), [cell(6)]);
        assert_eq!(grid.cells_of(&grid.rows[1]), &[cell(6)]);
        grid.cut(6);
        assert_eq!((grid.rows.len(), grid.cells.len()), (1, 2));
        grid.map(|s| Span::new(s.start + 3, s.end + 3));
        assert_eq!(grid.cells[1].span, Span::new(5, 6));
    }

    #[test]
    fn facts_by_place() {
        let places = vec![(1, Span::new(4, 6)), (0, Span::new(8, 9))];
        let named = |concept: &str| Fact { concept: concept.into(), ..Fact::default() };
        let layout = Layout { facts: vec![named("a"), named("b")], places, ..Layout::default() };
        let at = |a, b| layout.facts_at(Span::new(a, b)).map(|(f, _)| f.concept.clone()).collect::<Vec<_>>();
        assert_eq!(at(3, 7), ["b"]);
        assert_eq!(at(5, 9), ["b", "a"]);
        assert!(at(6, 8).is_empty());
    }
}
