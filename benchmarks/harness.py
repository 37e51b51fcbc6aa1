"""What programs of this directory share: where things are, and a real broker in a process of its own."""
import glob
import os
import re
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
PICKAROON = os.path.join(ROOT, "pickaroon")


def java():
    """The command of a JDK 25."""
    for jdk in [os.environ.get("PICKAROON_JAVA"), os.environ.get("JAVA_HOME"), *sorted(glob.glob("/usr/lib/jvm/*"))]:
        release = os.path.join(jdk or "", "release")
        if jdk and os.path.isfile(release) and 'JAVA_VERSION="25' in open(release).read():
            return os.path.join(jdk, "bin", "java")
    sys.exit("JDK 25 is missing: set PICKAROON_JAVA to its directory")


class Broker:
    """Keeps its port and its data over restarts. More options are for its JVM."""

    def __init__(self, directory, topics, java_options=""):
        self.directory = directory
        self.environment = {**os.environ, "PICKAROON_JAVA_OPTS": java_options} if java_options else None
        self.port = 0
        self.start(["--topics", ",".join(topics)])

    def start(self, more=()):
        self.process = subprocess.Popen(
            [PICKAROON, "dev-broker", "--port", str(self.port), "--data", self.directory, *more],
            stdout=subprocess.PIPE,
            text=True,
            env=self.environment,
        )
        try:
            ready = self.process.stdout.readline()
        except BaseException:
            # Nobody else knows of it yet.
            self.kill()
            raise
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
