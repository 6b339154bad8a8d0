# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""citm_catalog.json: a season of concerts, most of it keyed by number."""

from __future__ import annotations

from pydantic import BaseModel


class Catalog(BaseModel):
    areaNames: dict[str, str]
    audienceSubCategoryNames: dict[str, str]
    blockNames: dict[str, str]
    events: dict[str, Concert]
    performances: list[Performance]
    seatCategoryNames: dict[str, str]
    subTopicNames: dict[str, str]
    subjectNames: dict[str, str]
    topicNames: dict[str, str]
    topicSubTopics: dict[str, list[int]]
    venueNames: dict[str, str]


class Concert(BaseModel):
    description: str | None = None
    id: int
    logo: str | None = None
    name: str
    subTopicIds: list[int]
    subjectCode: str | None = None
    subtitle: str | None = None
    topicIds: list[int]


class Performance(BaseModel):
    eventId: int
    id: int
    logo: str | None = None
    name: str | None = None
    prices: list[Price]
    seatCategories: list[SeatCategory]
    seatMapImage: str | None = None
    start: int
    venueCode: str


class Price(BaseModel):
    amount: int
    audienceSubCategoryId: int
    seatCategoryId: int


class SeatCategory(BaseModel):
    areas: list[Area]
    seatCategoryId: int


class Area(BaseModel):
    areaId: int
    blockIds: list[int]


Document = Catalog
