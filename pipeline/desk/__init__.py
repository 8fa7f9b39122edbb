"""The event-driven desk: uploads are told to a queue, workers take them from there; what goes wrong is tried again or set aside."""

from pipeline.desk.events import UnknownMessage, WorkOrder, orders_in
from pipeline.desk.queue import Attempt, DeadLetter, Message, Queue
from pipeline.desk.queues import open_queue

__all__ = ["Attempt", "DeadLetter", "Message", "Queue", "UnknownMessage", "WorkOrder", "open_queue", "orders_in"]
