//! What can be followed over time, and the tags that issuers use for it.

use crate::model::Metric;

/// What is followed over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Cash paid for property, equipment and other productive assets.
    Capex,
    /// Principal paid on finance leases, which some issuers count as capital spending.
    FinanceLeases,
    /// Both together.
    CapexWithLeases,
    /// Revenue.
    Revenue,
    /// Net income.
    NetIncome,
    /// Cash from operations.
    OperatingCashFlow,
    /// Cash from operations less capital spending.
    FreeCashFlow,
    /// Cash paid for the issuer's own shares.
    Buybacks,
    /// Cash raised by new debt.
    DebtProceeds,
}

/// How a measure is found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Recipe {
    /// Under one of these tags.
    Tags {
        /// Of two that are both in use the first.
        names: &'static [&'static str],
        /// How issuers' own tags for it are named.
        own: Option<Own>,
    },
    /// The first and the second added.
    Sum(Measure, Measure),
    /// The first without the second.
    Difference(Measure, Measure),
}

/// Words in the name of an issuer's own tag, in lower case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own {
    /// Each of a group, for one of the groups.
    any: &'static [&'static [&'static str]],
    /// None of these.
    none: &'static [&'static str],
}

impl Own {
    /// Whether a tag's name is one.
    pub fn matches(&self, name: &str) -> bool {
        let lower = name.to_ascii_lowercase();
        self.any.iter().any(|all| all.iter().all(|w| lower.contains(w))) && !self.none.iter().any(|w| lower.contains(w))
    }
}

const OWN_CAPEX: Own = Own {
    any: &[
        &["purchase", "propert", "equipment"],
        &["payment", "propert", "equipment"],
        &["payment", "productiveassets"],
        &["cash", "capitalexpenditure"],
    ],
    none: &[
        "unpaid",
        "notyetpaid",
        "incurred",
        "accrued",
        "noncash",
        "proceeds",
        "payable",
        "liabilit",
        "obligation",
        "commitment",
        "lease",
        "percent",
        "financed",
        "depreciation",
    ],
};

impl Measure {
    /// All measures.
    pub const ALL: [Self; 9] = [
        Self::Capex,
        Self::FinanceLeases,
        Self::CapexWithLeases,
        Self::Revenue,
        Self::NetIncome,
        Self::OperatingCashFlow,
        Self::FreeCashFlow,
        Self::Buybacks,
        Self::DebtProceeds,
    ];

    /// Its name on the command line and in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Capex => "capex",
            Self::FinanceLeases => "finance_leases",
            Self::CapexWithLeases => "capex_with_leases",
            Self::Revenue => "revenue",
            Self::NetIncome => "net_income",
            Self::OperatingCashFlow => "operating_cash_flow",
            Self::FreeCashFlow => "free_cash_flow",
            Self::Buybacks => "buybacks",
            Self::DebtProceeds => "debt_proceeds",
        }
    }

    /// What a claim's metric is measured by; none where filings tag no such thing.
    pub fn of(metric: Metric) -> Option<Self> {
        match metric {
            Metric::Capex => Some(Self::Capex),
            Metric::Revenue => Some(Self::Revenue),
            Metric::NetIncome => Some(Self::NetIncome),
            Metric::FreeCashFlow => Some(Self::FreeCashFlow),
            Metric::Buybacks => Some(Self::Buybacks),
            Metric::DebtIssuance => Some(Self::DebtProceeds),
            _ => None,
        }
    }

    pub(super) fn recipe(self) -> Recipe {
        let tags = |names: &'static [&'static str]| Recipe::Tags { names, own: None };
        match self {
            Self::Capex => Recipe::Tags {
                names: &[
                    "us-gaap:PaymentsToAcquirePropertyPlantAndEquipment",
                    "us-gaap:PaymentsToAcquireProductiveAssets",
                    "us-gaap:PaymentsToAcquirePropertyPlantAndEquipmentAndIntangibleAssets",
                    "us-gaap:PaymentsToAcquireOtherPropertyPlantAndEquipment",
                    "us-gaap:PaymentsForCapitalImprovements",
                    "ifrs-full:PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities",
                ],
                own: Some(OWN_CAPEX),
            },
            Self::FinanceLeases => tags(&[
                "us-gaap:FinanceLeasePrincipalPayments",
                "us-gaap:RepaymentsOfLongTermCapitalLeaseObligations",
                "ifrs-full:PaymentsOfLeaseLiabilitiesClassifiedAsFinancingActivities",
            ]),
            Self::CapexWithLeases => Recipe::Sum(Self::Capex, Self::FinanceLeases),
            Self::Revenue => tags(&[
                "us-gaap:Revenues",
                "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax",
                "us-gaap:RevenueFromContractWithCustomerIncludingAssessedTax",
                "us-gaap:RevenuesNetOfInterestExpense",
                "us-gaap:SalesRevenueNet",
                "us-gaap:SalesRevenueGoodsNet",
                "ifrs-full:Revenue",
            ]),
            Self::NetIncome => tags(&["us-gaap:NetIncomeLoss", "us-gaap:ProfitLoss", "ifrs-full:ProfitLoss"]),
            Self::OperatingCashFlow => tags(&[
                "us-gaap:NetCashProvidedByUsedInOperatingActivities",
                "us-gaap:NetCashProvidedByUsedInOperatingActivitiesContinuingOperations",
                "ifrs-full:CashFlowsFromUsedInOperatingActivities",
            ]),
            Self::FreeCashFlow => Recipe::Difference(Self::OperatingCashFlow, Self::Capex),
            Self::Buybacks => tags(&[
                "us-gaap:PaymentsForRepurchaseOfCommonStock",
                "us-gaap:PaymentsForRepurchaseOfEquity",
                "ifrs-full:PaymentsToAcquireOrRedeemEntitysShares",
            ]),
            Self::DebtProceeds => tags(&[
                "us-gaap:ProceedsFromDebtNetOfIssuanceCosts",
                "us-gaap:ProceedsFromIssuanceOfDebt",
                "us-gaap:ProceedsFromIssuanceOfLongTermDebt",
                "us-gaap:ProceedsFromDebtMaturingInMoreThanThreeMonths",
                "us-gaap:ProceedsFromIssuanceOfSeniorLongTermDebt",
                "us-gaap:ProceedsFromIssuanceOfUnsecuredDebt",
                "us-gaap:ProceedsFromNotesPayable",
                "us-gaap:ProceedsFromIssuanceOfLongTermDebtAndCapitalSecuritiesNet",
            ]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_tags_for_capital_spending() {
        let is = |name: &str| OWN_CAPEX.matches(name);
        assert!(is("PurchasesOfPropertyAndEquipmentAndIntangibleAssets") && is("CashCapitalExpenditures"));
        assert!(
            !is("PropertyAndEquipmentPurchasesUnpaid") && !is("ProceedsFromPropertyAndEquipmentPurchaseIncentives")
        );
    }
}
