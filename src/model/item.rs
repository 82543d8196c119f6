//! Items: what is made, moved, stored and required.

use super::{StoragePrice, UnitPrice};
use crate::ids::ItemId;
use crate::path::Path;
use crate::units::{MASSES, Months, Pieces, PiecesPerPiece, TonnesPerPiece, unit};

/// A finished good, a component or a material.
///
/// ```
/// use sinews::model::Item;
/// use sinews::units::{TonnesPerPiece, months, per_piece};
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// let body = draft.items.push(Item::new("body", "body"));
/// let mut shell = Item::new("shell", "shell").needs(body, 1.0);
/// shell.mass = Some(TonnesPerPiece::new(0.0435));
/// shell.shelf_life = Some(months(240.0));
/// shell.value = Some(per_piece(4_000.0).into());
/// draft.items.push(shell);
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Item {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// What one of it is called: `round`, `missile`, `t`.
    pub unit: String,
    /// The bill of materials: what one good unit of it takes.
    pub needs: Vec<Input>,
    /// How long it keeps in a holder's stock. `None`: longer than any horizon.
    pub shelf_life: Option<Months>,
    /// What keeping one for a year costs. Counted, but charged to no fund.
    pub storage_cost: Option<StoragePrice>,
    /// What one weighs, if it does not count in a unit of mass. Needed to pass a hub.
    pub mass: Option<TonnesPerPiece>,
    /// What one is worth when shortfalls are added up. `None`: the lowest cost of getting one.
    pub value: Option<UnitPrice>,
    /// The makers' own stock of it. `None`: they start with none and may keep any amount.
    pub stock: Option<IndustryStock>,
}

impl Item {
    /// An item with an empty bill of materials.
    pub fn new(key: impl Into<String>, unit: impl Into<String>) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            unit: unit.into(),
            needs: Vec::new(),
            shelf_life: None,
            storage_cost: None,
            mass: None,
            value: None,
            stock: None,
        }
    }

    /// What one weighs: as stated, or as its unit says (`t`, `kt`, `kg`, `g`).
    pub fn weight(&self) -> Option<TonnesPerPiece> {
        let of_unit = || {
            let known = MASSES.iter().find(|(name, _)| *name == self.unit);
            known.map(|&(_, tonnes)| TonnesPerPiece::new(tonnes))
        };
        self.mass.or_else(of_unit)
    }

    /// One unit of this takes so many of another item.
    #[must_use]
    pub fn needs(mut self, item: ItemId, amount: f64) -> Self {
        self.needs.push(Input {
            item,
            amount: PiecesPerPiece::new(amount),
        });
        self
    }
}

/// An entry of a bill of materials.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Input {
    /// What is used.
    pub item: ItemId,
    /// How much of it one good unit of the product takes.
    pub amount: PiecesPerPiece,
}

/// What makers together keep of an item that others are made from.
///
/// ```
/// use sinews::model::IndustryStock;
/// use sinews::units::Pieces;
///
/// let mut stock = IndustryStock::default();
/// stock.opening = Pieces::new(300.0);
/// stock.closing = stock.opening;
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct IndustryStock {
    /// What is there at the start.
    pub opening: Pieces,
    /// The most that can be kept. `None`: any amount.
    pub most: Option<Path<unit::Pieces>>,
    /// What must be there at the end.
    pub closing: Pieces,
}
