"""What a conversation works with, opened once per process: the settings, the database, the pictures, and what draws."""

from __future__ import annotations

from dataclasses import dataclass

from agent.drawing.known_models import remember_model
from agent.drawing.renderers import Renderer, open_renderer
from agent.drawing.studio import Studio
from agent.drawing.worker import died_here
from agent.settings import Settings
from agent.tracing import set_up_tracing
from db.blobs import Blobs
from db.conversations import Conversations
from db.database import Database, open_database
from db.history import LOCAL_OWNER, History
from db.jobs import Jobs
from db.pictures import Pictures

__all__ = ["Services", "open_services"]


@dataclass(frozen=True)
class Services:
    """Shared by threads; everything an owner can reach is made anew per use, so that no session outlives a call."""

    settings: Settings
    database: Database
    blobs: Blobs
    renderer: Renderer

    def history(self, owner: str = LOCAL_OWNER) -> History:
        return History(self.database, owner)

    def conversations(self, owner: str = LOCAL_OWNER) -> Conversations:
        return Conversations(self.database, owner)

    def pictures(self, owner: str = LOCAL_OWNER) -> Pictures:
        return Pictures(self.database, self.blobs, owner)

    def jobs(self) -> Jobs:
        return Jobs(self.database)

    def studio(self, owner: str = LOCAL_OWNER) -> Studio:
        return Studio(self.database, self.blobs, self.renderer, owner)

    def resume(self) -> None:
        """Goes on with what was left on the queue when the program last stopped, at once where it was killed on this
        machine; otherwise when the lease runs out."""
        self.jobs().recover({worker for worker in self.jobs().workers() if died_here(worker)})
        if self.jobs().counts().keys() & {"queued", "running"}:
            self.renderer.wake()

    def close(self) -> None:
        self.renderer.close()
        self.database.close()


def open_services(settings: Settings) -> Services:
    """Opens (and, the first time, makes) the database and the picture store. Raises `db.errors.DatabaseError`, and
    SettingsError where tracing is asked for and cannot be had."""
    settings.home.mkdir(parents=True, exist_ok=True)
    set_up_tracing(settings)
    remember_model(settings)
    database, blobs = (
        open_database(settings.resolved_database_url, backups=settings.home / "backups"),
        Blobs(settings.resolved_blobs),
    )
    return Services(settings, database, blobs, open_renderer(settings, database, blobs))
