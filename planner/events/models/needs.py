"""What somebody needs to be able to take part, as it stands in public addresses."""

from enum import StrEnum

from planner.venues.models import Feature


class Need(StrEnum):
    """A feature that has to be there for somebody; its value is the word of addresses."""

    STEP_FREE = "stegfritt"
    LIFT = "hiss"
    ACCESSIBLE_WC = "toalett"
    HEARING_LOOP = "horslinga"
    MICROPHONE = "mikrofon"
    ACCESSIBLE_PARKING = "parkering"
    QUIET_ROOM = "lugnt-rum"
    ASSISTANCE_DOG = "assistanshund"
    SIGN_LANGUAGE = "teckensprak"
    SPEECH_TO_TEXT = "skrivtolkning"
    AUDIO_DESCRIPTION = "syntolkning"
    CAPTIONS = "textning"
    EASY_READ = "lattlast"
    COMPANION = "ledsagning"

    @property
    def feature(self) -> Feature:
        """What a place or an event offers."""
        return Feature[self.name]

    @property
    def label(self) -> str:
        return self.feature.label
