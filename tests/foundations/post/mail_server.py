"""A real mail server that keeps a journal of all it accepts and can be told to misbehave.

`python -m tests.foundations.post.mail_server PORT JOURNAL [SEED]` is a process that can be killed.
With a seed it now and then puts a recipient off, accepts a message and dies before it says so, or
dies in the middle of one.
"""

import asyncio
import json
import os
import random
import sys
from email import message_from_bytes

from aiosmtpd.smtp import SMTP

# What an address of the tests asks of the server.
ANSWERS = {
    "later@": "450 4.2.1 The mailbox is busy",
    "never@": "550 5.1.1 There is no such mailbox",
}


class Handler:
    def __init__(self, journal, moods):
        self.journal, self.moods = journal, moods

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        for start, answer in ANSWERS.items():
            if address.startswith(start):
                return answer
        if self._happens(0.1):
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self._happens(0.05):
            os._exit(1)  # in the middle of a message, which nobody has got then
        await self._take_a_moment()
        message = message_from_bytes(envelope.content)
        line = {"id": message["Message-ID"], "to": envelope.rcpt_tos[0]}
        with open(self.journal, "a") as journal:
            journal.write(json.dumps(line) + "\n")
            journal.flush()
            os.fsync(journal.fileno())
        await self._take_a_moment()
        if self._happens(0.05) or self._dies_of(message):
            os._exit(1)  # after it had accepted
        return "250 OK"

    async def _take_a_moment(self):
        """In which somebody else may be killed."""
        if self.moods is not None:
            await asyncio.sleep(self.moods.uniform(0, 0.15))

    def _dies_of(self, message):
        """At the first time."""
        return message["To"].startswith("dies@") and self._copies_of(message) == 1

    def _copies_of(self, message):
        with open(self.journal) as journal:
            return sum(json.loads(line)["id"] == message["Message-ID"] for line in journal)

    def _happens(self, often):
        return self.moods is not None and self.moods.random() < often


async def serve(port, journal, seed=None):
    moods = random.Random(int(seed)) if seed else None  # noqa: S311
    handler = Handler(journal, moods)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler), "127.0.0.1", int(port))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
