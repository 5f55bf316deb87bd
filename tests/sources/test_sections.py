"""What sections hold, by their titles."""

import pytest

from bot.data import load_yaml
from bot.sources.sections import (
    is_document_title,
    is_navigation,
    is_section_title,
    section_kind,
)

KNOWN = {
    "work": [
        "Work Experience & Projects", "WORK HISTORY:", "💼 Experience", "IV. Employment",
        "E X P E R I E N C E", "W O R K  H I S T O R Y", "Employmnet history", "Nursing posts",
        "Relevant professional experience", "Experience in teaching", "Berufserfahrung",
        "Beruflicher Werdegang", "EXPÉRIENCE PROFESSIONNELLE", "Experiencia laboral", "工作经历：",
        "一、工作经验", "主要工作经历", "【工作经历】", "CURRENT POST", "Self-employed",
    ],
    "education": ["1. Education", "Educaton", "Ausbildung", "Formación académica", "教育背景"],
    "certificates": ["Licenses and certificates", "Bar admissions and certificates"],
    "volunteer": ["Ehrenamt", "Bénévolat", "志愿者经历", "Giving back"],
    "skills": [
        "Core competencies", "Compétences", "Kenntnisse", "技能", "Top Skills", "Top-Kenntnisse",
        "Principales compétences", "Aptitudes principales",
    ],
    "languages": ["Spoken languages", "Sprachkenntnisse", "Idiomas", "语言能力"],
    "interests": ["Centres d’intérêt", "Hobbys", "兴趣爱好"],
    "awards": ["Grants and prizes"],
    "publications": ["In print"],
    "summary": ["About me", "Über mich", "Perfil", "个人简介"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "title"), [(kind, title) for kind, titles in KNOWN.items() for title in titles]
)
def test_titles_are_known(kind: str, title: str) -> None:
    assert section_kind(title) == kind


@pytest.mark.parametrize(
    "title",
    [
        "", "…", "42", "Senior Software Engineer", "Harvard Medical School", "pgcat", "Python",
        "Project Manager, Northwind Ltd", "Head of Computing", "My Resume", "x" * 500,
        "I gained a lot of experience in the years that I spent abroad with my family",
    ],
)  # fmt: skip
def test_other_titles_are_not(title: str) -> None:
    assert section_kind(title) is None


def test_titles_without_a_kind_are_titles() -> None:
    assert section_kind("Teaching") is None
    assert is_section_title("Teaching")
    assert not is_section_title("Nursing posts")


def test_titles_that_count_only_alone() -> None:
    assert section_kind("Learning") == "education"
    assert section_kind("Machine learning") is None
    assert section_kind("History") == "work"
    assert section_kind("Museum of Natural History") is None


def test_remarks_and_letters_set_apart() -> None:
    assert section_kind("Career (latest first)") == "work"
    assert section_kind("W O R K   H I S T O R Y") == "work"
    assert section_kind("Work beside studies") == "work"


def test_titles_of_documents_and_sites() -> None:
    assert is_document_title("CURRICULUM VITAE")
    assert is_document_title("Lebenslauf")
    assert not is_document_title("Anna Lebens")
    assert is_navigation("Back to top")


def test_each_title_is_listed_for_one_kind() -> None:
    kinds: dict[str, set[str]] = {}
    data = load_yaml("sections")
    for kind, languages in [*data["sections"].items(), *data["alone"].items()]:
        for titles in languages.values():
            for title in titles:
                kinds.setdefault(title.casefold(), set()).add(kind)
    assert {title for title, found in kinds.items() if len(found) > 1} == set()
