"""What the crash tests of this directory share: where things are, and a real broker in a process of its own."""
import os
import re
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
PICKAROON = os.path.join(ROOT, "pickaroon")


class Broker:
    """Keeps its port and its data over restarts."""

    def __init__(self, directory, topics):
        self.directory = directory
        self.port = 0
        self.start(["--topics", ",".join(topics)])

    def start(self, more=()):
        self.process = subprocess.Popen(
            [PICKAROON, "dev-broker", "--port", str(self.port), "--data", self.directory, *more],
            stdout=subprocess.PIPE,
            text=True,
        )
        ready = self.process.stdout.readline()
        if not ready.startswith("READY"):
            sys.exit("the broker did not start: " + ready)
        self.bootstrap = re.search(r"bootstrap=(\S+)", ready).group(1)
        self.port = int(self.bootstrap.rpartition(":")[2])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait()
