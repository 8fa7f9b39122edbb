"""Chat models: any that LangChain knows, asked within the limits of their provider."""

from pipeline.generate.chat.backend import ChatBackend
from pipeline.generate.chat.client import ModelClient

__all__ = ["ChatBackend", "ModelClient"]
