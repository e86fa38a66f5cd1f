// The grant element of loans: what of a loan is a gift, by its cash flow and by the closed form.
#pragma once

#include <boost/multiprecision/cpp_dec_float.hpp>
#include <optional>

#include "measurement/facts.hpp"

namespace austral::measurement {

/// Fifty decimal digits: a rate of half a year is a root, which no fraction holds.
using FiftyDigits = boost::multiprecision::cpp_dec_float_50;

/// How a loan's principal comes back.
enum class Repayment { equal_principal, annuity, lump_sum };

/// What a grant element is computed from. Units: rates in per cent a year, times in years.
struct LoanTerms {
  Decimal rate;
  Decimal maturity;         ///< to the last repayment
  Decimal first_repayment;  ///< to the first repayment of principal
  int payments = 1;         ///< in a year
  Repayment repayment = Repayment::equal_principal;
};

/// The discount rate of SDG indicator 17.3.1 and of TOSSD. Units: per cent a year.
/// Source: metadata of indicator 17.3.1. Not that of grant equivalents of the CRS.
inline constexpr Decimal discount_rate{5, 0};
/// From here a loan is concessional there. Units: per cent of the face value.
inline constexpr Decimal concessional_from{35, 0};

/// 100 * (1 - sum of payment_t / (1 + D)^t / face), with D = (1 + d)^(1/payments) - 1. Times are
/// rounded to whole periods. Nothing for terms that no loan has: nothing to repay, a last
/// repayment before the first, more than 100 years or 12 payments a year, a negative rate.
/// Units: per cent.
std::optional<FiftyDigits> grant_element_by_cash_flow(const LoanTerms& terms,
                                                      Decimal discount = discount_rate);
/// The same without a sum, for equal principal and lump sums; nothing for annuities and for a
/// discount rate of nothing, where the closed form has no value. Units: per cent.
std::optional<FiftyDigits> grant_element_in_closed_form(const LoanTerms& terms,
                                                        Decimal discount = discount_rate);
/// Half-even to at most 12 places. Throws: Error::invalid for more than 64 bits hold.
Decimal round_per_cent(const FiftyDigits& value, int places);

/// The terms among a trait's details; nothing where rate, maturity or grace is not stated, where a
/// second rate replaces the first, or where the loan is repaid in a way that has no formula here.
/// Without a number of payments it is repaid once a year, without a manner in equal principal.
std::optional<LoanTerms> find_loan_terms(const Trait& trait);

/// Gives a trait with loan terms the detail `grant_element` (per cent at 5 %, four decimals). What
/// a source itself states under that name moves to `grant_element_stated`: its discount rate is not
/// known. Doing it twice changes nothing.
void add_grant_element(Trait& trait);
void add_grant_elements(Facts& facts);

}  // namespace austral::measurement
