"""Facts of the persons of a chunk. What cannot apply to a minor is false or 0; nothing is null yet."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from demeu.scoring.synth.drawing import lean, uniform
from demeu.scoring.synth.families import Families
from demeu.scoring.synth.marginals import Array, Marginals

TIYN = 100


def draw_persons(rng: np.random.Generator, families: Families, held: Marginals, declared: Array) -> dict[str, Array]:
    """Facts by column. `declared`: what each household declares in all, tenge a month."""
    told, age, adult = held.person, families.age, ~families.minor
    pensioner = adult & (age >= np.where(families.female, told["pension_age"][1], told["pension_age"][0]))
    facts = _health(rng, families, held, pensioner)
    facts |= _work(rng, families, held, pensioner, facts["disability_group"])
    facts |= _schooling(rng, age, told)
    working = facts["working"]
    kind = np.where(pensioner | families.minor, 0, np.where(working, 1, 2))
    facts["insured"] = uniform(rng, families.persons) < np.array(told["insured_by"])[kind]
    facts |= _loans(rng, families, held)
    benefit = adult & ~pensioner & (facts["disability_group"] > 0)
    facts["income_monthly_tiyn"] = _income(rng, families, held, declared, working, pensioner, benefit)
    return facts


def _health(rng: np.random.Generator, families: Families, held: Marginals, pensioner: Array) -> dict[str, Array]:
    told, rows, minor = held.person, families.persons, families.minor
    rates = [told["disability_minor"], told["disability_working_age"], told["disability_pension_age"]]
    rate = np.array(rates)[np.where(minor, 0, np.where(pensioner, 2, 1))]
    disabled = uniform(rng, rows) < rate * lean(families.prosperity, held.shape["disability_lean"])[families.home]
    group = 1 + np.searchsorted(np.cumsum(told["disability_groups"])[:-1], uniform(rng, rows), side="right")
    chronic = uniform(rng, rows) < np.array(told["chronic"])[np.digitize(families.age, (18, 45, 63))]
    return {
        "disability_group": np.where(disabled & ~minor, group, 0),
        "disability_childhood": disabled & (minor | (uniform(rng, rows) < told["disability_childhood_of_adults"])),
        "clinic_attached": uniform(rng, rows) < told["clinic_attached"],
        "chronic": chronic,
        "dispensary": chronic & (uniform(rng, rows) < told["dispensary_of_chronic"]),
    }


def _work(
    rng: np.random.Generator, families: Families, held: Marginals, pensioner: Array, group: Array
) -> dict[str, Array]:
    told, rows, age = held.person, families.persons, families.age
    adult, better = ~families.minor, families.prosperity
    able = np.array([told["able_bodied"], 0, 0, told["able_bodied_group_3"]])[group]
    able_bodied = adult & ~pensioner & (uniform(rng, rows) < able)
    student_chance = np.select([age < 18, age < 23, age < 26], [0, told["student"][0], told["student"][1]], 0)
    student = uniform(rng, rows) < student_chance
    works = np.where(families.female, told["working_women"], told["working_men"])
    works = np.where(student, told["working_student"], works) * lean(better, held.shape["working_lean"])[families.home]
    works = np.where(able_bodied, works, np.where(pensioner, told["working_pensioner"], 0))
    working = uniform(rng, rows) < works
    return {
        "able_bodied": able_bodied,
        "working": working,
        "sole_proprietor": working & (uniform(rng, rows) < told["sole_proprietor"]),
        "founder": working
        & (uniform(rng, rows) < told["founder"] * lean(better, held.shape["business_lean"])[families.home]),
        "student": student,
    }


def _schooling(rng: np.random.Generator, age: Array, told: Mapping[str, Any]) -> dict[str, Array]:
    small, pupil = (age >= 2) & (age < 6), (age >= 6) & (age < 18)
    return {
        "preschool_enrolled": small & (uniform(rng, len(age)) < told["preschool_enrolled"]),
        "school_enrolled": pupil & (uniform(rng, len(age)) < told["school_enrolled"]),
    }


def _loans(rng: np.random.Generator, families: Families, held: Marginals) -> dict[str, Array]:
    told, rows = held.person, families.persons
    has_credit = ~families.minor & (uniform(rng, rows) < told["has_credit"])
    late = has_credit & (
        uniform(rng, rows) < told["overdue"] * lean(families.prosperity, held.shape["overdue_lean"])[families.home]
    )
    late_rows = np.flatnonzero(late)
    overdue_days, overdue_tiyn = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    overdue_days[late_rows] = 1 + rng.exponential(told["overdue_days_mean"], len(late_rows)).astype(np.int64)
    owed = told["overdue_tenge_median"] * np.exp(held.shape["overdue_spread"] * rng.standard_normal(len(late_rows)))
    overdue_tiyn[late_rows] = np.rint(owed * TIYN).astype(np.int64)
    return {"has_credit": has_credit, "overdue_days": overdue_days, "overdue_tiyn": overdue_tiyn}


def _income(
    rng: np.random.Generator,
    families: Families,
    held: Marginals,
    declared: Array,
    working: Array,
    pensioner: Array,
    benefit: Array,
) -> Array:
    """Pensions and benefits first; those who work share the rest of what the household declares. Tiyn a month."""
    told, rows = held.person, families.persons
    spread = np.exp(held.shape["earnings_spread"] * rng.standard_normal(rows, dtype=np.float32))
    fixed = np.where(pensioner, told["pension_tenge"] * spread, 0) + benefit * told["disability_benefit_tenge"]
    rest = np.maximum(declared - np.add.reduceat(fixed, families.starts), 0)
    weight = working * spread
    weights = np.add.reduceat(weight, families.starts)
    nobody = (weights == 0)[families.home] & (families.order == 0)
    earned = np.divide(weight, weights[families.home], out=np.zeros(rows), where=weight > 0)
    other = np.where(nobody, told["other_income_left"], 0)
    tenge = np.rint(fixed + (earned + other) * rest[families.home])
    tiyn: Array = tenge.astype(np.int64) * TIYN
    return tiyn
