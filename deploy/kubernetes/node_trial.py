"""What deploy/kubernetes/trial is made of: the pods of a node as files, the pod of Pickaroon, and the judge."""
import array
import glob
import gzip
import json
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import threading
import time
import urllib.error
import urllib.request
import uuid

PART_BYTES = 16384  # of a long line, as containerd and CRI-O cut it
LONGEST_TRACE = 8
NAMESPACES = ["shop", "billing", "kube-system"]


class Generation:
    """One file: it is written to, renamed, and at some time nobody finds it any more."""

    def __init__(self, container, file):
        self.name = f"{container.key}, file {len(container.generations) + 1}"
        status = os.fstat(file)
        self.inode = (status.st_dev, status.st_ino)
        self.first = container.next  # number of its first message
        self.size = 0
        self.born_at = time.time()
        self.gone_at = None


class Container:
    """The logs of one container, written and rotated as its runtime and the kubelet do it."""

    def __init__(self, tree, namespace, pod, uid, name):
        self.key = f"{namespace}/{pod}/{uid}/{name}"
        self.directory = os.path.join(tree, "pods", f"{namespace}_{pod}_{uid}", name)
        os.makedirs(self.directory, mode=0o755)
        self.path = os.path.join(self.directory, "0.log")
        self.link = os.path.join(tree, "containers", f"{pod}_{namespace}_{name}-{uuid.uuid4().hex * 2}.log")
        os.symlink(self.path, self.link)
        self.lock = threading.Lock()
        self.next = 0
        self.generations = []
        # Where each message starts in its file.
        self.offsets = array.array("q")
        # Numbers of messages that are followed by so many lines of a stack trace.
        self.traces = {}
        self.rotated = []
        self._open()

    def _open(self):
        self.file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
        self.current = Generation(self, self.file)
        self.generations.append(self.current)

    def messages(self, index):
        """From which number to which the messages of a file go."""
        after = self.generations[index + 1].first if index + 1 < len(self.generations) else self.next
        return self.generations[index].first, after

    def write(self, messages, rng):
        """Appends so many messages, of which some are long and some have a stack trace, on two streams that interleave."""
        with self.lock:
            if self.file is None:
                return 0
            before = self.next
            os.write(self.file, self._lines(messages, rng))
            return self.next - before

    def _lines(self, messages, rng):
        second = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
        lines = []
        for _ in range(messages):
            at = f"{second}.{self.next % 1000000000:09d}Z"
            chance = rng.random()
            if chance < 0.0005:
                self._long(at, rng, lines)
            elif chance < 0.003:
                self._trace(at, rng, lines)
            else:
                self._add(lines, f"{at} {'stderr' if chance > 0.8 else 'stdout'} F {self._text(rng.randint(0, 120))}\n")
        return "".join(lines).encode()

    def _add(self, lines, line):
        lines.append(line)
        self.current.size += len(line)

    def _text(self, more):
        """What tells a message from all others, and how long it has to be. Its line comes next."""
        self.offsets.append(self.current.size)
        head = f"INFO {self.key} {self.next} "
        self.next += 1
        return f"{head}{len(head) + 6 + more:06d}{'x' * more}"

    def _long(self, at, rng, lines):
        text = self._text(rng.randint(PART_BYTES, 4 * PART_BYTES))
        parts = [text[i : i + PART_BYTES] for i in range(0, len(text), PART_BYTES)]
        for part in parts[:-1]:
            self._add(lines, f"{at} stdout P {part}\n")
            self._add(lines, f"{at} stderr F {self._text(10)}\n")
        self._add(lines, f"{at} stdout F {parts[-1]}\n")

    def _trace(self, at, rng, lines):
        number = self.next
        self._add(lines, f"{at} stderr F {self._text(20)}\n")
        self.traces[number] = rng.randint(1, LONGEST_TRACE)
        for i in range(self.traces[number]):
            self._add(lines, f"{at} stderr F \tat trace {self.key} {number} {i}\n")
            self._add(lines, f"{at} stdout F {self._text(5)}\n")

    def size(self):
        with self.lock:
            return 0 if self.file is None else os.fstat(self.file).st_size

    def rotate(self, rng):
        """As the kubelet does: delete what is too much, compress what is rotated, rename, and tell the runtime to open anew."""
        with self.lock:
            if self.file is None:
                return
            # One file is written to, one is rotated now, and three more are kept: the sixth goes.
            while len(self.rotated) > 3:
                self._unlink(*self.rotated.pop(0))
            for i, (path, generation) in enumerate(self.rotated):
                if not path.endswith(".gz"):
                    with open(path, "rb") as plain, gzip.open(path + ".tmp", "wb", 1) as packed:
                        shutil.copyfileobj(plain, packed)
                    os.rename(path + ".tmp", path + ".gz")
                    self._unlink(path, generation)
                    self.rotated[i] = (path + ".gz", generation)
            # The kubelet's names have seconds; two rotations within one would have one name.
            name = self.path + time.strftime(".%Y%m%d-%H%M%S", time.gmtime())
            while any(path.startswith(name) for path, _ in self.rotated):
                name += "0"
            os.rename(self.path, name)
            # The runtime goes on writing to the renamed file until it is told.
            os.write(self.file, self._lines(20, rng))
            self.rotated.append((name, self.current))
            os.close(self.file)
            self._open()

    @staticmethod
    def _unlink(path, generation):
        os.unlink(path)
        if generation.gone_at is None:
            generation.gone_at = time.time()

    def end(self):
        with self.lock:
            os.close(self.file)
            self.file = None

    def delete(self):
        shutil.rmtree(os.path.dirname(self.directory), ignore_errors=True)
        try:
            os.unlink(self.link)
        except FileNotFoundError:
            pass
        for generation in self.generations:
            if generation.gone_at is None:
                generation.gone_at = time.time()


class Node:
    """Pods that stay, pods that come and go, and pods that live for a second."""

    def __init__(self, tree, rng, options):
        self.tree = tree
        self.rng = rng
        self.options = options
        self.all = []
        self.running = []
        self.ended = []  # (when its directory goes, container)
        self.short = []
        self.stopping = threading.Event()
        self.errors = []
        self.rotations = 0
        self.bursts = 0
        os.makedirs(os.path.join(tree, "pods"))
        os.makedirs(os.path.join(tree, "containers"))
        for _ in range(options.pods):
            self.running.append(self.start())
        self.threads = [threading.Thread(target=self._guarded, args=(each,)) for each in (self._write, self._kubelet)]

    def start(self):
        namespace = self.rng.choice(NAMESPACES)
        pod = f"pod-{len(self.all)}"
        uid = str(uuid.UUID(int=self.rng.getrandbits(128)))
        container = Container(self.tree, namespace, pod, uid, self.rng.choice(["app", "side-car"]))
        self.all.append(container)
        return container

    def files(self, inodes):
        """Those files of the node that have these inodes now."""
        generations = [each for container in list(self.all) for each in list(container.generations)]
        newest = {each.inode: each for each in sorted(generations, key=lambda each: each.born_at)}
        return {newest[inode] for inode in inodes if inode in newest}

    def begin(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.stopping.set()
        for thread in self.threads + self.short:
            thread.join()
        if self.errors:
            raise self.errors[0]

    def _guarded(self, work):
        try:
            work()
        except BaseException as e:
            self.errors.append(e)

    def _write(self):
        rng = random.Random(self.rng.random())
        tick = 0.1
        due = time.monotonic()
        while not self.stopping.is_set():
            running = list(self.running)
            left = int(self.options.lines * tick)
            # A few pods write most of the lines.
            for container in rng.sample(running, min(len(running), 12)):
                share = min(left, rng.randint(1, max(2, left // 4)))
                container.write(share, rng)
                left -= share
            for container in running:
                if left > 0 or rng.random() < 0.02:
                    left -= container.write(max(1, left // len(running)), rng)
            due += tick
            time.sleep(max(0.0, due - time.monotonic()))

    def _kubelet(self):
        rng = random.Random(self.rng.random())
        second = 0
        while not self.stopping.wait(1):
            second += 1
            for container in list(self.running):
                if container.size() > self.options.rotate_bytes:
                    container.rotate(rng)
                    self.rotations += 1
            if second % 2 == 0:
                self._short_lived(rng)
            if second % 5 == 0:
                gone = self.running.pop(rng.randrange(len(self.running)))
                gone.end()
                self.ended.append((time.time() + 5, gone))
                self.running.append(self.start())
            if second % 30 == 15:
                self._burst(rng)
            while self.ended and self.ended[0][0] < time.time():
                self.ended.pop(0)[1].delete()

    def _short_lived(self, rng):
        container = self.start()

        def live():
            for _ in range(5):
                container.write(20, rng)
                time.sleep(0.2)
            container.end()
            self.ended.append((time.time() + 5, container))

        self.short.append(threading.Thread(target=self._guarded, args=(live,)))
        self.short[-1].start()

    def _burst(self, rng):
        """20,000 lines within a second in one container, and two rotations among them."""
        container = rng.choice(self.running)
        self.bursts += 1
        for i in range(10):
            container.write(2000, rng)
            if i in (3, 7):
                container.rotate(rng)
                self.rotations += 1
            time.sleep(0.05)


class Pod:
    """The template of the DaemonSet, as it is rendered, played as a Pod. What podman cannot do is changed here, and said."""

    CHANGED = [
        "host paths are directories of the trial; the paths in the container are those of the manifest",
        "NODE_NAME is a text: podman knows no spec.nodeName",
        "the node's network, on which the broker of the trial is, and a free port",
        "probes are asked by the trial, with the paths and bounds of the manifest: the image has no program to ask them with",
        "/tmp is podman's: its version here knows no emptyDir",
        "a pod is started again by the trial, which then knows when",
    ]

    def __init__(self, manifests, work, tree, bootstrap, port):
        self.work = work
        self.port = port
        daemon_set = next(each for each in manifests if each["kind"] == "DaemonSet")
        config = next(each for each in manifests if each["kind"] == "ConfigMap")
        self.spec = daemon_set["spec"]["template"]["spec"]
        self.container = self.spec["containers"][0]
        self.probes = {name: self.container.pop(name) for name in ("livenessProbe", "readinessProbe", "startupProbe")}
        self.limit = self.container["resources"]["limits"]["memory"]
        paths = {"/var/log/pods": os.path.join(tree, "pods"), "/var/lib/pickaroon": os.path.join(work, "state")}
        os.makedirs(paths["/var/lib/pickaroon"], mode=0o755)
        for volume in self.spec["volumes"]:
            if "hostPath" in volume:
                volume["hostPath"]["path"] = paths[volume["hostPath"]["path"]]
        for variable in self.container["env"]:
            if variable["name"] == "NODE_NAME":
                variable.pop("valueFrom")
                variable["value"] = "node-1"
        self.spec["volumes"] = [each for each in self.spec["volumes"] if each["name"] != "tmp"]
        self.container["volumeMounts"] = [each for each in self.container["volumeMounts"] if each["name"] != "tmp"]
        self.spec.update(hostNetwork=True, restartPolicy="Never")
        # On the node's network nothing is mapped, and podman refuses to be asked for it.
        self.container.pop("ports")
        config["data"]["KAFKA_BOOTSTRAP"] = bootstrap
        config["data"]["pickaroon.yaml"] = config["data"]["pickaroon.yaml"].replace("port: 9600", f"port: {port}")
        self.config = config
        self.name = f"pickaroon-trial-{os.getpid()}"
        self.started = 0

    @property
    def full_name(self):
        return f"{self.name}-{self.container['name']}"

    def play(self, image):
        """A new pod, as after an upgrade or a drain; its init container runs."""
        for each in self.spec["initContainers"] + self.spec["containers"]:
            each["image"] = image
            each["imagePullPolicy"] = "Never"
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": self.name}, "spec": self.spec}
        self.file = os.path.join(self.work, "pod.yaml")
        with open(self.file, "w") as out:
            for each in (self.config, pod):
                out.write("---\n" + json.dumps(each, indent=1) + "\n")
        self.podman("play", "kube", self.file)
        self.started += 1

    def down_saying(self, what):
        """SIGTERM and the time that the manifest gives, then the pod is gone. How often it has said something, and its exit code."""
        self.podman("stop", "--time", str(self.spec["terminationGracePeriodSeconds"]), self.full_name)
        code = self.inspect("{{.State.ExitCode}}")
        said = self.logs().count(what)
        self.podman("pod", "rm", "--force", self.name)
        return said, int(code)

    def logs(self, *options):
        run = subprocess.run(
            ["podman", "logs", *options, self.full_name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return run.stdout

    def start_again(self):
        """As the kubelet does with a container that has ended: in the same pod. Podman ends the whole pod a moment after its last
        container, and what had been started before that moment would be stopped, and killed ten seconds later."""
        deadline = time.monotonic() + 30
        while self.infra_state() == "running":
            if time.monotonic() > deadline:
                raise RuntimeError("podman does not end a pod whose container has ended")
            time.sleep(0.05)
        self.podman("pod", "start", self.name)
        self.started += 1

    def infra_state(self):
        infra = self.podman("pod", "inspect", "--format", "{{.InfraContainerID}}", self.name)
        return self.podman("inspect", "--type", "container", "--format", "{{.State.Status}}", infra)

    def remove(self):
        subprocess.run(["podman", "pod", "rm", "--force", self.name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def podman(self, *arguments):
        # Where a file has the name of the image, podman would build it: so not here.
        run = subprocess.run(["podman", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.work)
        if run.returncode:
            raise RuntimeError(f"podman {' '.join(arguments)}: {run.stderr}")
        return run.stdout.strip()

    def inspect(self, form):
        return self.podman("inspect", "--type", "container", "--format", form, self.full_name)

    def pid(self):
        return int(self.inspect("{{.State.Pid}}"))

    def freeze(self):
        """Stops the process where it is, for what is to be known of it at its very end. Returns its number."""
        pid = self.pid()
        if pid == 0:  # to which a signal would reach the trial itself
            raise RuntimeError("the container does not run; see podman logs")
        os.kill(pid, signal.SIGSTOP)
        return pid

    def kill(self, pid):
        os.kill(pid, signal.SIGKILL)
        self.await_end(pid)

    def await_end(self, pid):
        while os.path.exists(f"/proc/{pid}") or self.inspect("{{.State.Status}}") == "running":
            time.sleep(0.05)

    def inodes(self, pid, deleted=False):
        """Of the files that a process has open: those of them that nothing else leads to any more, or all."""
        found = set()
        for each in glob.glob(f"/proc/{pid}/fd/*"):
            try:
                status = os.stat(each)
            except OSError:
                continue  # closed meanwhile, or the process has ended
            if stat.S_ISREG(status.st_mode) and (not deleted or status.st_nlink == 0):
                found.add((status.st_dev, status.st_ino))
        return found

    def cgroup(self):
        """The directory of the container's memory, of either version of cgroups."""
        with open(f"/proc/{self.pid()}/cgroup") as lines:
            for line in lines:
                _, controllers, path = line.strip().split(":", 2)
                if "memory" in controllers.split(","):
                    return "/sys/fs/cgroup/memory" + path
                if controllers == "" and os.path.exists("/sys/fs/cgroup/cgroup.controllers"):
                    return "/sys/fs/cgroup" + path
        raise RuntimeError("the container has no memory controller, so its limit means nothing here")

    def memory(self):
        """(what counts for the limit and cannot be given back, the most that it was, the limit), in bytes."""
        directory = self.cgroup()
        figures = dict(line.split() for line in open(os.path.join(directory, "memory.stat")))

        def of(*names):
            for name in names:
                try:
                    return int(open(os.path.join(directory, name)).read())
                except (FileNotFoundError, ValueError):
                    pass
            return 0

        usage = of("memory.current", "memory.usage_in_bytes")
        # As the kubelet reckons what a pod uses: without file pages that nothing has used for long.
        inactive = int(figures.get("total_inactive_file", figures.get("inactive_file", 0)))
        return usage - inactive, of("memory.peak", "memory.max_usage_in_bytes"), of("memory.max", "memory.limit_in_bytes")

    def kill_by_oom(self, pid):
        """Fills the memory of the container from within its cgroup; whether the kernel killed it, and its exit code."""
        procs = os.path.join(self.cgroup(), "cgroup.procs")
        # The kernel shall choose Pickaroon, not what fills the memory beside it.
        with open(f"/proc/{pid}/oom_score_adj", "w") as out:
            out.write("1000")
        hog = subprocess.Popen(
            [
                "python3",
                "-c",
                "import os, sys, time\n"
                "open(sys.argv[1], 'w').write(str(os.getpid()))\n"
                "held = []\n"
                "while os.path.exists('/proc/' + sys.argv[2]):\n"
                "    held.append(b'x' * (4 << 20)); time.sleep(0.01)\n",
                procs,
                str(pid),
            ]
        )
        # It may be killed, too, while the memory of the first one is still being given back.
        hog.wait()
        deadline = time.monotonic() + 10
        while os.path.exists(f"/proc/{pid}"):
            if time.monotonic() > deadline:
                raise RuntimeError(f"the kernel killed something else: what fills the memory ended with {hog.returncode}")
            time.sleep(0.05)
        self.await_end(pid)
        return self.inspect("{{.State.OOMKilled}}") == "true", self.inspect("{{.State.ExitCode}}")

    def ask(self, path):
        """The status of a page and its text; 0 if nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as e:
            return e.code, e.read().decode()
        except OSError as e:
            return 0, str(e)

    def metric(self, name):
        """The sum of a metric over its labels; None if nobody answers."""
        status, text = self.ask("/metrics")
        if status != 200:
            return None
        return sum(float(value) for value in re.findall(rf"^{name}(?:\{{[^}}]*\}})? (\S+)$", text, re.M))

    def await_ready(self, seconds):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.ask(self.probes["readinessProbe"]["httpGet"]["path"])[0] == 200:
                return
            time.sleep(0.2)
        logs = self.logs("--tail", "20")
        raise RuntimeError(f"not ready within {seconds} s: {self.inspect('{{.State.Status}}')}, {self.ask('/readyz')}\n{logs}")


class Prober(threading.Thread):
    """Asks the liveness probe as the kubelet would, and how much memory there is."""

    def __init__(self, pod):
        super().__init__(daemon=True)
        self.pod = pod
        self.paused = threading.Event()
        self.ended = threading.Event()
        self.restarts = []
        self.most_memory = 0
        self.most_of_all = 0

    def run(self):
        probe = self.pod.probes["livenessProbe"]
        failed = 0
        its_limit = self.pod.memory()[2]
        while not self.ended.wait(probe["periodSeconds"] / 5):
            if self.paused.is_set():
                failed = 0
                continue
            status, text = self.pod.ask(probe["httpGet"]["path"])
            try:
                used, most, limit = self.pod.memory()
                if limit != its_limit:
                    continue  # a process that is not in its cgroup yet
                self.most_memory = max(self.most_memory, used)
                self.most_of_all = max(self.most_of_all, most)
            except (OSError, RuntimeError, ValueError):
                pass  # between two processes
            # Five times as often as the kubelet, and so five times as strict.
            failed = 0 if status == 200 or self.paused.is_set() else failed + 1
            if failed >= probe["failureThreshold"]:
                self.restarts.append((time.time(), status, text.strip()))
                failed = 0


class Judge:
    """Compares what a read_committed consumer finds with what was written."""

    ITEM = re.compile(rb"^INFO (\S+) (\d+) (\d{6})x*$")

    def __init__(self, node):
        self.expected = {container.key.encode(): container for container in node.all}
        self.seen = {key: bytearray(container.next) for key, container in self.expected.items()}
        self.doubled = self.strange = self.torn = self.mislabelled = 0
        self.examples = []

    def example(self, what, value):
        if len(self.examples) < 8:
            self.examples.append(f"{what}: {value[:160]!r}")

    def read(self, bootstrap, topic):
        consumer = subprocess.Popen(
            ["kcat", "-C", "-q", "-e", "-b", bootstrap, "-t", topic, "-X", "isolation.level=read_committed", "-f", "%h %S\n%s\n"],
            stdout=subprocess.PIPE,
        )
        records = 0
        with consumer.stdout as out:
            while head := out.readline():
                headers, _, length = head.rstrip(b"\n").rpartition(b" ")
                value = out.read(int(length) + 1)[:-1]
                records += 1
                self.message(dict(each.split(b"=", 1) for each in headers.split(b",")), value)
        if consumer.wait():
            raise RuntimeError("kcat failed")
        return records

    def message(self, headers, message):
        origin = b"/".join(headers.get(name, b"") for name in (b"namespace", b"pod", b"container"))
        first, *trace = message.split(b"\n")
        item = self.ITEM.match(first)
        if not item:
            self.strange += 1
            self.example("strange", message)
            return
        key, number = item.group(1), int(item.group(2))
        if len(first) != int(item.group(3)):
            self.torn += 1
            self.example("torn", first)
        if self.seen[key][number]:
            self.doubled += 1
            self.example("doubled", first)
        self.seen[key][number] = 1
        namespace, pod, _, container = key.split(b"/")
        if origin != b"/".join((namespace, pod, container)):
            self.mislabelled += 1
            self.example("from elsewhere", first)
        if trace != [b"\tat trace %b %d %d" % (key, number, i) for i in range(self.expected[key].traces.get(number, 0))]:
            self.torn += 1
            self.example("stack trace in pieces", message)

    def lost(self, absences):
        """Each file of which something is missing, with the reason for which it may be."""
        losses = []
        for key, container in self.expected.items():
            for index, generation in enumerate(container.generations):
                first, after = container.messages(index)
                missing = self.seen[key].count(0, first, after)
                if missing:
                    losses.append(Loss(generation, container, self.seen[key], (first, after), absences))
        return losses


# A process that has its first file open has looked at all of them within that.
FIRST_LOOK_SECONDS = 0.5


class Absence:
    """From the last moment of one process until the next one has looked which files there are."""

    def __init__(self, what, held):
        self.what = what
        self.held = held  # files that the process alone still had, when it was killed
        self.begin = time.time()
        self.end = None
        self.left_behind = 0


class Loss:
    """What is missing of one file. It may be, if no process could have delivered it."""

    def __init__(self, generation, container, seen, messages, absences):
        first, after = messages
        self.generation = generation
        self.first = seen.index(0, first, after)
        self.messages = seen.count(0, first, after)
        self.bytes = generation.size - container.offsets[self.first]
        self.absence = None
        self.was_held = False
        # Files are delivered from their start on: whatever is missing, nothing behind it may be there.
        if self.messages < after - self.first:
            self.reason = "what comes later in it was delivered"
            return
        self.reason = "a process could have read it"
        for absence in absences:
            end = absence.end + FIRST_LOOK_SECONDS
            if generation.gone_at and generation.gone_at > end:
                self.reason = f"deleted {generation.gone_at - absence.end:.1f} s after {absence.what}: a process could have read it"
            if generation in absence.held:
                self.reason, self.was_held, self.absence = "deleted, and a killed process alone had it", True, absence
            elif generation.gone_at and absence.begin <= generation.gone_at <= end:
                self.reason, self.absence = "deleted while no process ran", absence

    @property
    def is_excused(self):
        return self.absence is not None

    @property
    def was_known_gone(self):
        """Whether the killed process had had the time to note that it was deleted."""
        return self.was_held and self.generation.gone_at < self.absence.begin - 2

    def __str__(self):
        file = self.generation
        gone = f"gone {file.gone_at - file.born_at:.1f} s later" if file.gone_at else "still there"
        when = f" ({self.absence.what})" if self.absence else ""
        return f"{self.messages} messages, {self.bytes} bytes of {file.name}, {gone}: {self.reason}{when}"


def render(directory):
    """The manifests of a directory, as kubectl renders them; no cluster is asked."""
    rendered = subprocess.run(["kubectl", "kustomize", directory], stdout=subprocess.PIPE, check=True).stdout
    as_json = subprocess.run(
        ["kubectl", "label", "--local", "-f", "-", "trial=yes", "-o", "json"],
        input=rendered,
        stdout=subprocess.PIPE,
        check=True,
    ).stdout.decode()
    manifests = []
    decoder = json.JSONDecoder()
    at = 0
    while at < len(as_json.rstrip()):
        manifest, at = decoder.raw_decode(as_json, at)
        manifests.append(manifest)
        while at < len(as_json) and as_json[at].isspace():
            at += 1
    return manifests
