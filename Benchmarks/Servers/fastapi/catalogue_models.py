# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The tables of the catalogue for SQLAlchemy, and what its endpoints answer with."""

import os
import sys

import uvicorn
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship

URL = os.environ["DATABASE_URL"]
SIZE = 20


class Base(DeclarativeBase):
    pass


class Section(Base):
    __tablename__ = "sections"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Package(Base):
    __tablename__ = "packages"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    version: Mapped[str]
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"))
    priority: Mapped[str]
    size: Mapped[int]
    installed: Mapped[int | None]
    essential: Mapped[bool]
    score: Mapped[float]
    summary: Mapped[str]
    section: Mapped[Section] = relationship()


class SectionAnswer(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str


class PackageBase(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str
    version: str
    priority: str
    size: int
    installed: int | None
    essential: bool
    score: float
    summary: str


class PackageAnswer(PackageBase):
    # The other servers' name of it.
    sectionID: int


class ListedPackage(PackageBase):
    section: SectionAnswer


def named(name: str):
    return select(Package).where(Package.name == name)


def paged(page: int):
    return select(Package).options(joinedload(Package.section)).order_by(Package.id).limit(SIZE).offset((page - 1) * SIZE)


def answer(package: Package) -> PackageAnswer:
    return PackageAnswer(
        id=package.id,
        name=package.name,
        version=package.version,
        sectionID=package.section_id,
        priority=package.priority,
        size=package.size,
        installed=package.installed,
        essential=package.essential,
        score=package.score,
        summary=package.summary,
    )


def serve(app: str) -> None:
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        workers=int(os.environ.get("THREADS", "1")),
        access_log=False,
        log_level="warning",
        timeout_keep_alive=300,
    )
