# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The catalogue with SQLAlchemy's asynchronous sessions, on the event loop."""

from collections.abc import AsyncIterator
from typing import Annotated

from catalogue_models import URL, ListedPackage, Package, PackageAnswer, answer, named, paged, serve
from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

app = FastAPI()
# As many connections as the other servers have.
engine = create_async_engine(URL, pool_size=10, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)


async def session() -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session


Database = Annotated[AsyncSession, Depends(session)]


@app.get("/packages", response_model=list[ListedPackage])
async def list_packages(database: Database, page: int = 1) -> list[Package]:
    return list(await database.scalars(paged(page)))


@app.get("/packages/{name}")
async def get_package(name: str, database: Database) -> PackageAnswer:
    package = await database.scalar(named(name))
    if package is None:
        raise HTTPException(404)
    return answer(package)


if __name__ == "__main__":
    serve("catalogue_async:app")
