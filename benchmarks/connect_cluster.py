"""A real broker and workers of Kafka Connect as processes, asked through REST; logs of unique lines; and what a consumer must see of
them, found by a plain search."""
import glob
import http.client
import json
import mmap
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile

from harness import ROOT, Broker, java

PLUGIN = os.path.join(ROOT, "connect", "target", "plugin")
WORKER = os.path.join(ROOT, "connect", "target", "worker")
FAULTFS = os.path.join(ROOT, "benchmarks", "netfs", "faultfs.c")
NAME = "shop"
TOPIC = "shop-errors"
LETTERS = "shop-letters"
LABEL = "disk-1"
KIB = 1 << 10
MIB = 1 << 20
STARTED = re.compile(r"^(\S+ \S+) .*SourceTask\{id=[\w.-]+-(\d+)\} Source task finished initialization and start", re.M)
LEADER = re.compile(r"^(\S+ \S+) .*leaderUrl='http://127\.0\.0\.1:(\d+)/'", re.M)
FENCED = re.compile(r"InvalidProducerEpochException|ProducerFencedException")


def await_that(what, condition, seconds=120.0, pause=0.1):
    """What the condition returned, as soon as that is true."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds:.0f} s: {what}")
        time.sleep(pause)


class RestError(Exception):
    def __init__(self, status, message):
        super().__init__(f"HTTP {status}: {message}")
        self.status, self.message = status, message


class Worker:
    """A worker in a process of its own, with a port of its own."""

    def __init__(self, cluster, number, plugins, java_options, settings):
        self.cluster, self.name = cluster, f"worker-{number}"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.id = f"127.0.0.1:{self.port}"
        self.log = os.path.join(cluster.directory, self.name + ".log")
        properties = os.path.join(cluster.directory, self.name + ".properties")
        with open(properties, "w") as out:
            for key, value in {**cluster.worker_settings(plugins, self.port), **settings}.items():
                out.write(f"{key}={value}\n")
        command = [java(), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", *java_options,
                   "-cp", os.path.join(WORKER, "*"), "org.apache.kafka.connect.cli.ConnectDistributed", properties]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.is_frozen = False

    def await_ready(self):
        def ready():
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self.process.returncode}: {self.log}")
            try:
                return self.request("GET", "/health")[0] == 200
            except OSError:
                return False

        await_that(f"{self.name} answers: {self.log}", ready, 300)
        return self

    def request(self, method, path, body=None, seconds=95):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            text = None if body is None else json.dumps(body)
            connection.request(method, path, text, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.read().decode()
        except http.client.HTTPException as e:
            raise OSError(repr(e)) from e
        finally:
            connection.close()

    def is_alive(self):
        return self.process.poll() is None

    def is_there(self):
        return self.is_alive() and not self.is_frozen

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(60)

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)
        self.is_frozen = True

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)
        self.is_frozen = False

    def said(self):
        with open(self.log, errors="replace") as log:
            return log.read()

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Cluster:
    """Broker, workers and a connector; everything is in one directory."""

    def __init__(self, directory, split_bytes, java_options=("-Xmx512m",), delay_ms=0, topics=("unused",)):
        self.directory, self.split_bytes = directory, split_bytes
        self.java_options, self.delay_ms = list(java_options), delay_ms
        self.name = NAME
        self.workers = []
        self.logs = os.path.join(directory, "logs")
        os.makedirs(self.logs)
        self.plugins = os.path.join(directory, "plugins")
        os.makedirs(self.plugins)
        os.symlink(PLUGIN, os.path.join(self.plugins, "pickaroon"))
        self.broker = Broker(os.path.join(directory, "kafka"), topics)

    def worker_settings(self, plugins, port):
        return {
            "bootstrap.servers": self.broker.bootstrap,
            "group.id": "workers",
            "config.storage.topic": "workers-config",
            "offset.storage.topic": "workers-offsets",
            "status.storage.topic": "workers-status",
            "config.storage.replication.factor": 1,
            "offset.storage.replication.factor": 1,
            "status.storage.replication.factor": 1,
            "offset.storage.partitions": 5,
            "status.storage.partitions": 1,
            "key.converter": "org.apache.kafka.connect.json.JsonConverter",
            "value.converter": "org.apache.kafka.connect.json.JsonConverter",
            "exactly.once.source.support": "enabled",
            "scheduled.rebalance.max.delay.ms": self.delay_ms,
            "session.timeout.ms": 10000,
            "heartbeat.interval.ms": 3000,
            "listeners": f"http://127.0.0.1:{port}",
            "plugin.discovery": "service_load",
            "plugin.path": plugins,
        }

    def launch(self, plugins=None, java_options=None, **settings):
        worker = Worker(self, len(self.workers) + 1, plugins or self.plugins,
                        self.java_options if java_options is None else java_options,
                        {key.replace("_", "."): value for key, value in settings.items()})
        self.workers.append(worker)
        return worker

    def start(self, count=1, **more):
        return [worker.await_ready() for worker in [self.launch(**more) for _ in range(count)]]

    def there(self):
        return [worker for worker in self.workers if worker.is_there()]

    def ask(self, method, path, body=None, seconds=120):
        """Of any worker. While the cluster finds itself anew it refuses requests, which are made again."""
        end = time.monotonic() + seconds
        problem = "no worker is there"
        while time.monotonic() < end:
            for worker in self.there():
                try:
                    status, text = worker.request(method, path, body)
                except OSError as e:
                    problem = str(e)
                    continue
                if status < 400:
                    return json.loads(text) if text else None
                message = json.loads(text).get("message", text) if text.startswith("{") else text
                problem = f"HTTP {status}: {message}"
                is_for_now = status == 409 or status == 503 or status == 500 and (
                    message.startswith("IO Error trying to forward") or message.startswith("Request timed out"))
                if not is_for_now:
                    raise RestError(status, message)
            time.sleep(0.2)
        raise TimeoutError(f"{method} {path}: {problem}")

    def connector(self, tasks=4, **more):
        """Properties of a connector, with others added, where an underscore is a dot; None takes one away."""
        given = {key.replace("_", "."): value for key, value in more.items()}
        properties = {
            "connector.class": "io.pickaroon.connect.PickaroonSourceConnector",
            "tasks.max": str(tasks),
            "exactly.once.support": "required",
            "transaction.boundary": "connector",
            "key.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
            "value.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
            "header.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
            "topic.creation.default.partitions": "4",
            "topic.creation.default.replication.factor": "1",
            "storage.label": LABEL,
            "split.bytes": str(self.split_bytes) + "B",
            "lookInterval": "1s",
            "dead.letter.topic": LETTERS,
            "inputs": "shop",
            "inputs.shop.include": self.logs + "/*.log",
            "rules": "errors",
            "rules.errors.match.literal": "ERROR",
            "rules.errors.emit.topic": TOPIC,
            "rules.errors.emit.headers": "file,offset,rule,id",
            "producer.override.linger.ms": "5",
            "producer.override.batch.size": "262144",
            "producer.override.compression.type": "lz4",
            "producer.override.max.in.flight.requests.per.connection": "5",
        }
        for key, value in given.items():
            if value is None:
                properties.pop(key, None)
            else:
                properties[key] = value
        return properties

    def leader(self):
        """The worker that hands out tasks, as the one that has said so last knows it."""
        urls = [(time_, port) for worker in self.there() for time_, port in LEADER.findall(worker.said())]
        port = int(max(urls)[1])
        return next((worker for worker in self.there() if worker.port == port), None)

    def create(self, properties):
        self.ask("PUT", f"/connectors/{self.name}/config", properties)

    def status(self):
        try:
            return self.ask("GET", f"/connectors/{self.name}/status", seconds=30)
        except (RestError, TimeoutError):
            return {"connector": {"state": "NONE", "worker_id": ""}, "tasks": []}

    def failures(self):
        return [(task["id"], task.get("trace", "")) for task in self.status()["tasks"] if task["state"] == "FAILED"]

    def starts(self):
        """How often each task was started, over all workers."""
        counts = {}
        for worker in self.workers:
            for _, task in STARTED.findall(worker.said()):
                counts[int(task)] = counts.get(int(task), 0) + 1
        return counts

    def run_everywhere(self, tasks, since=None, spread=None):
        """True if all tasks run on workers that are there; each started again since then, if that is given."""
        status = self.status()
        there = {worker.id for worker in self.there()}
        states = [status["connector"], *status["tasks"]]
        if len(status["tasks"]) != tasks or any(s["state"] != "RUNNING" or s["worker_id"] not in there for s in states):
            return False
        if since is not None:
            now = self.starts()
            if any(now.get(task, 0) <= since.get(task, 0) for task in range(tasks)):
                return False
        return spread is None or len({task["worker_id"] for task in status["tasks"]}) >= spread

    def seconds_until_running(self, tasks, began, limit=180, **more):
        """After which time all tasks run again; a failed one ends the wait."""
        def running():
            failed = self.failures()
            if failed:
                raise RuntimeError(f"task {failed[0][0]} FAILED: {failed[0][1][:2000]}")
            return self.run_everywhere(tasks, **more)

        await_that("all tasks run", running, limit, 0.2)
        return time.monotonic() - began

    def restart_failed(self):
        """Returns how many there were."""
        failed = self.failures()
        for task, _ in failed:
            self.ask("POST", f"/connectors/{self.name}/tasks/{task}/restart")
        return len(failed)

    def stop_connector(self):
        self.ask("PUT", f"/connectors/{self.name}/stop")
        await_that("the connector is STOPPED", lambda: self.status()["connector"]["state"] == "STOPPED"
                   and not self.status()["tasks"])

    def resume(self):
        self.ask("PUT", f"/connectors/{self.name}/resume")

    def offsets(self):
        return {each["partition"]["split"]: each["offset"]
                for each in self.ask("GET", f"/connectors/{self.name}/offsets")["offsets"]}

    def fenced(self):
        return sum(len(FENCED.findall(worker.said())) for worker in self.workers)

    def close(self):
        for worker in self.workers:
            if worker.is_alive():
                worker.kill()
        if self.broker.process.poll() is None:
            self.broker.process.send_signal(signal.SIGCONT)
            self.broker.kill()


class FaultyMount:
    """A FUSE file system over a directory, whose calls fail as it is told. Files are to be renamed by way of it."""

    def __init__(self, directory, real, past_cache):
        self.path = os.path.join(directory, "mount")
        self.real = real
        self.control = os.path.join(directory, "control")
        program = os.path.join(directory, "faultfs")
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "fuse3"], check=True, stdout=subprocess.PIPE, text=True)
        subprocess.run(["cc", "-O2", "-o", program, FAULTFS, *flags.stdout.split()], check=True)
        os.mkdir(self.path)
        self.fail("")
        self.process = subprocess.Popen([program, real, self.path, self.control, str(int(past_cache))])
        await_that("the file system is mounted", lambda: os.path.ismount(self.path), 10)

    def fail(self, faults):
        """From now on as the head of faultfs.c says; without a word nothing fails."""
        with open(self.control, "w") as out:
            out.write(faults)

    def rename(self, path, other):
        os.rename(*(os.path.join(self.path, os.path.relpath(each, self.real)) for each in (path, other)))

    def close(self):
        if subprocess.run(["fusermount3", "-u", self.path]).returncode != 0:
            subprocess.run(["umount", "-l", self.path])
        self.process.wait(30)


class Seen(threading.Thread):
    """Counts what a read_committed consumer sees of a topic while it goes on."""

    def __init__(self, bootstrap, topic=TOPIC):
        super().__init__(daemon=True)
        self.bootstrap, self.topic = bootstrap, topic
        self.count = 0
        self.ended = False
        self.process = None
        self.start()

    def run(self):
        while not self.ended:
            self.count = 0
            self.process = subprocess.Popen(
                ["kcat", "-C", "-u", "-q", "-b", self.bootstrap, "-t", self.topic, "-o", "beginning", "-f", ".",
                 "-X", "isolation.level=read_committed", "-X", "allow.auto.create.topics=false",
                 "-X", "fetch.message.max.bytes=8388608", "-X", "reconnect.backoff.max.ms=500"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            while True:
                block = os.read(self.process.stdout.fileno(), 1 << 16)
                if not block:
                    break
                self.count += len(block)
            self.process.wait()
            if not self.ended:
                time.sleep(0.3)

    def await_count(self, count, seconds=120):
        await_that(f"{count} records are seen (now {self.count})", lambda: self.count >= count, seconds, 0.02)

    def await_end(self, expected, stalled=60, settle=3):
        """Returns when nothing more comes: a moment after all that is expected, or after a long silence."""
        last, since = -1, time.monotonic()
        while True:
            now = self.count
            if now != last:
                last, since = now, time.monotonic()
            if time.monotonic() - since > (settle if now >= expected else stalled):
                return
            time.sleep(0.05)

    def end(self):
        self.ended = True
        if self.process and self.process.poll() is None:
            self.process.kill()


def consume(bootstrap, topic=TOPIC):
    """Key, headers and value of each committed record, partition by partition in the order of the log."""
    kcat = subprocess.Popen(
        ["kcat", "-C", "-q", "-e", "-b", bootstrap, "-t", topic, "-o", "beginning", "-X", "isolation.level=read_committed",
         "-X", "fetch.message.max.bytes=8388608", "-f", "%k\t%h\t%s\n"],
        stdout=subprocess.PIPE)
    for line in kcat.stdout:
        key, headers, value = line[:-1].split(b"\t", 2)
        yield key.decode(), dict(part.split(b"=", 1) for part in headers.split(b",") if b"=" in part), value
    if kcat.wait() != 0:
        raise RuntimeError(f"kcat ended with {kcat.returncode}")


class Lines:
    """Makes lines of which each is another one; a share of them matches."""

    BLOCK_LINES = 10_000

    def __init__(self, percent, seed=42):
        source = random.Random(seed)
        levels = ["INFO "] * 12 + ["DEBUG"] * 5 + ["WARN "] * 2 + ["TRACE"]
        lines = []
        for number in range(self.BLOCK_LINES):
            matching = source.random() * 100 < percent
            lines.append("2026-11-30T12:%02d:%02d.%03dZ %s ######## %05d request %x of user u%d took %d ms%s\n" % (
                source.randrange(60), source.randrange(60), source.randrange(1000),
                "ERROR" if matching else source.choice(levels), number, source.getrandbits(source.choice([16, 64, 200])),
                source.randrange(100_000), source.randrange(5_000), ": connection reset by peer" if matching else ""))
        self.block = "".join(lines).encode()
        self.number = 0

    def next(self):
        """Begins with another line each time: two files whose lines are equally long are not told apart."""
        self.number += 1
        cut = self.block.index(b"\n", self.number * 7919 * 101 % (len(self.block) - KIB)) + 1
        return (self.block[cut:] + self.block[:cut]).replace(b"########", b"%08d" % self.number)

    def write(self, path, size):
        """The last line is whole."""
        with open(path, "wb") as out:
            while size > len(self.block):
                out.write(self.next())
                size -= len(self.block)
            rest = self.next()
            out.write(rest[: rest.index(b"\n", max(0, min(size, len(rest)) - 1)) + 1])

    def piece(self, size):
        """About so many bytes of whole lines, from somewhere in a new block."""
        block = self.next()
        begin = block.index(b"\n", random.randrange(len(block) // 2)) + 1
        return block[begin: block.index(b"\n", min(begin + size, len(block) - 2)) + 1]


class Truth:
    """What has to be seen: matches by rule and split, by a plain search. Files are kept by their content as it is now."""

    def __init__(self, split_bytes):
        self.split_bytes = split_bytes
        self.wanted = {}
        self.contents = {}

    def add(self, path, generation=0, content=None, word=b"ERROR", rule="errors", complete=False):
        """To be called when the file is whole, or before it is deleted."""
        inode = os.stat(path).st_ino
        if content is None:
            with open(path, "rb") as file:
                content = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) if os.fstat(file.fileno()).st_size else b""
        name = f"{LABEL}:{inode}.{generation}"
        self.contents[name] = content
        end = len(content) if complete else content.rfind(b"\n") + 1
        at = content.find(word, 0, end)
        while at >= 0:
            start = content.rfind(b"\n", 0, at) + 1
            split = start // self.split_bytes if self.split_bytes else 0
            self.wanted.setdefault((rule, f"{name}/{split}"), []).append(start)
            line_end = content.find(b"\n", at)
            at = content.find(word, line_end, end) if line_end >= 0 else -1

    def count(self):
        return sum(len(offsets) for offsets in self.wanted.values())


class Verdict:
    """How what was seen differs from what had to be. Where it is allowed, splits may begin anew, or late."""

    def __init__(self, truth, records, again=lambda rule, split: 0, late_rules=()):
        self.seen = self.lost = self.doubled = self.repeated = self.disorder = self.other = 0
        self.examples = []
        got = {}
        for key, headers, value in records:
            self.seen += 1
            rule, offset = headers[b"rule"].decode(), int(headers[b"offset"])
            content = truth.contents.get(key.rpartition("/")[0])
            end = offset + len(value)
            if content is None or content[offset:end] != value or content[end:end + 1] not in (b"\n", b"") \
                    or offset > 0 and content[offset - 1:offset] != b"\n":
                self.other += 1
                self.example(f"no such record: {key} at {offset}: {value[:80]!r}")
            got.setdefault((rule, key), []).append(offset)
        for which in sorted(set(got) | set(truth.wanted)):
            self.compare(which, got.get(which, []), truth.wanted.get(which, []), again(*which), which[0] in late_rules)

    def example(self, text):
        if len(self.examples) < 20:
            self.examples.append(text)

    def compare(self, which, got, want, times, may_be_late):
        if got == want:
            return
        name = f"{which[1]} (rule {which[0]})"
        if times:
            # A beginning of it, as far as it was before the offset went, which may be nothing; then all of it.
            head = len(got) - len(want)
            if head >= 0 and got == want[:head] + want:
                self.repeated += head
                return
        if may_be_late and got and got == want[len(want) - len(got):]:
            return
        if may_be_late and not got:
            return
        distinct = set(got)
        lost = set(want) - distinct
        if may_be_late:
            lost = {offset for offset in lost if offset > min(distinct)}
        doubled = len(got) - len(distinct)
        other = len(distinct - set(want))
        disorder = sum(1 for a, b in zip(got, got[1:]) if b < a)
        self.lost += len(lost)
        self.doubled += doubled
        self.other += other
        self.disorder += disorder
        some = sorted(lost)[:3] + sorted(distinct - set(want))[:3]
        self.example(f"{name}: {len(want)} wanted, {len(got)} seen, {len(lost)} lost, {doubled} doubled, {other} not wanted,"
                     f" {disorder} out of order; offsets {some}")

    def is_right(self):
        return not (self.lost or self.doubled or self.disorder or self.other)

    def __str__(self):
        repeated = f", {self.repeated:,} once more as asked" if self.repeated else ""
        other = f", {self.other:,} not in the files" if self.other else ""
        return (f"{self.seen:,} records, {self.lost:,} lost, {self.doubled:,} doubled, {self.disorder:,} out of order"
                f"{repeated}{other}")


def other_version(cluster, version):
    """A plugin.path with the plug-in as another version."""
    directory = os.path.join(cluster.directory, "plugins-" + version)
    jars = os.path.join(directory, "pickaroon")
    shutil.copytree(PLUGIN, jars)
    (old,) = glob.glob(os.path.join(jars, "pickaroon-connect-*.jar"))
    new = os.path.join(jars, f"pickaroon-connect-{version}.jar")
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "META-INF/MANIFEST.MF":
                content = re.sub(rb"(?m)^Implementation-Version: .*?\r?$", b"Implementation-Version: " + version.encode() + b"\r",
                                 content)
            target.writestr(entry, content)
    os.remove(old)
    return directory


def size_of(text):
    units = {"KiB": KIB, "MiB": MIB, "GiB": 1 << 30, "": 1}
    match = re.fullmatch(r"(\d+)(KiB|MiB|GiB|)", text)
    if not match:
        sys.exit(f"{text}: expected a size such as 64MiB")
    return int(match.group(1)) * units[match.group(2)]
