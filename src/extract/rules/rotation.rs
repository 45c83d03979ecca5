//! Rotations.

use super::{Phenomenon, Rule};

pub(super) const ROTATION: Phenomenon = Phenomenon {
    name: "rotation",
    heading: "Rotations",
    field: "trigger",
    about: "Statements that money moves from one group of assets to another. One side must be named; two price moves side by side are no rotation.",
    rules: &[
        Rule {
            id: "rotation.strong",
            carries: false,
            does: "a word that means rotation, beside one named side",
            why: "Rotation, reallocation, exodus and flight say by themselves that money moves.",
            example: "The rotation out of software stocks and into small caps went on.",
            near_miss: "Software stocks fell while small caps rose.",
        },
        Rule {
            id: "rotation.moved",
            carries: false,
            does: "a word of moving, with money or its owners, or with both sides",
            why: "Moving and pouring are said of many things; money in the sentence makes them a rotation.",
            example: "Money poured into utilities.",
            near_miss: "Rain poured into the city.",
        },
        Rule {
            id: "rotation.left",
            carries: false,
            does: "selling, dumping, fleeing: what is left stands behind the verb",
            why: "The object needs no preposition; an owner of money or the other side must be there.",
            example: "Investors dumped software stocks.",
            near_miss: "The company dumped its old software.",
        },
        Rule {
            id: "rotation.entered",
            carries: false,
            does: "buying, chasing, favouring: what is entered stands behind the verb",
            why: "As with leaving: the object is the side that money goes to.",
            example: "Investors are snapping up utilities.",
            near_miss: "Oracle is buying back its own stock.",
        },
    ],
};
