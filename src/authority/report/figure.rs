//! The figures by which devices are compared.

/// A figure by which a device is compared with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    /// Openings for each day with openings.
    Daily,
    /// Share of the labels opened that another device signed off.
    Elsewhere,
    /// Share of the labels opened that no device signed off.
    Never,
    /// Share of the openings outside the shift.
    Outside,
    /// Share of the openings for an enquiry.
    Enquiries,
    /// Attempts over the budget for each day with openings.
    OverBudget,
    /// Share of the openings far from delivery.
    Far,
    /// Share of the delivery codes that were wrong.
    WrongCodes,
}

impl Figure {
    /// Every figure.
    pub const ALL: [Self; 8] = [
        Self::Daily,
        Self::Elsewhere,
        Self::Never,
        Self::Outside,
        Self::Enquiries,
        Self::OverBudget,
        Self::Far,
        Self::WrongCodes,
    ];

    /// The stable name for machines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Daily => "openings_a_day",
            Self::Elsewhere => "signed_off_elsewhere",
            Self::Never => "never_signed_off",
            Self::Outside => "outside_shift",
            Self::Enquiries => "enquiries",
            Self::OverBudget => "over_budget_a_day",
            Self::Far => "far_from_delivery",
            Self::WrongCodes => "wrong_codes",
        }
    }

    /// Whether it is a share, from 0 to 1.
    #[must_use]
    pub const fn is_share(self) -> bool {
        !matches!(self, Self::Daily | Self::OverBudget)
    }

    /// The smallest deviation used as the unit: with equal devices any difference would stand out otherwise.
    pub(super) const fn least(self) -> f64 {
        match self {
            Self::Daily => 10.0,
            Self::OverBudget => 2.0,
            _ => 0.03,
        }
    }
}

/// A device's figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures(pub(super) [f64; Figure::ALL.len()]);

impl Figures {
    /// The value of a figure.
    #[must_use]
    pub const fn of(&self, figure: Figure) -> f64 {
        self.0[figure as usize]
    }
}
