# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""What is asked of the servers over HTTP, and which answer is right."""

import json

from harness.work import JSON, Work, is_json

from .catalogue import COLUMNS, SECTIONS

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# The page that is asked for.
PAGE, SIZE = 7, 20


def answer(package: dict) -> dict:
    """A package as everyone writes it."""
    return {name: package[name] for name in COLUMNS}


def listed(package: dict) -> dict:
    section = {"id": package["sectionID"], "name": SECTIONS[package["sectionID"] - 1]}
    return {**{name: package[name] for name in COLUMNS if name != "sectionID"}, "section": section}


def without_null(value: object) -> object:
    """A value without what is null, which some leave out."""
    if isinstance(value, dict):
        return {name: without_null(each) for name, each in value.items() if each is not None}
    return [without_null(each) for each in value] if isinstance(value, list) else value


def works(packages: list[dict]) -> dict[str, Work]:
    one = packages[12_345]
    page = [listed(each) for each in packages[(PAGE - 1) * SIZE : PAGE * SIZE]]
    made = []
    for name, title in DATABASES.items():
        made.append(Work(f"package-{name}", f"a package, {title}", f"/packages/{one['name']}", JSON,
                         is_json(lambda: answer(one))))  # fmt: skip
        made.append(Work(f"page-{name}", f"a page of {SIZE} with sections, {title}", f"/packages?page={PAGE}", JSON,
                         lambda body: is_right_page(body, page)))  # fmt: skip
    return {work.name: work for work in made}


def is_right_page(body: bytes, page: list[dict]) -> bool:
    return without_null(json.loads(body)) == without_null(page)
