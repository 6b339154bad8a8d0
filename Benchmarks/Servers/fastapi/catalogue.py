# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The catalogue with SQLAlchemy as FastAPI's guide has it: a session for each request, in a thread of the pool."""

from collections.abc import Iterator
from typing import Annotated

from catalogue_models import URL, ListedPackage, Package, PackageAnswer, answer, named, paged, serve
from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

app = FastAPI()
# A connection for each thread of the pool: with fewer, threads that wait for one keep from running those who would
# give theirs back.
engine = create_engine(URL, pool_size=40, max_overflow=0)


def session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session


Database = Annotated[Session, Depends(session)]


@app.get("/packages", response_model=list[ListedPackage])
def list_packages(database: Database, page: int = 1) -> list[Package]:
    return list(database.scalars(paged(page)))


@app.get("/packages/{name}")
def get_package(name: str, database: Database) -> PackageAnswer:
    package = database.scalar(named(name))
    if package is None:
        raise HTTPException(404)
    return answer(package)


if __name__ == "__main__":
    serve("catalogue:app")
