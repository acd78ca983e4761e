"""A class of many on loopback, and a server that is killed at random moments.

    python3 tests/scripts/class_load.py BARAZA [--students N] [--rounds N] [--kills N] [--slow-sync MS] [--what-if PATH]

With --slow-sync every sync of the server takes so many milliseconds more: a small library that is put before the system's own (LD_PRELOAD, needs a
C compiler) waits in fsync and fdatasync; the program itself knows nothing of it. With --what-if the teacher moves this value anew in every
round, so that something is always being worked out beside the talks.

Every student drafts and signs off in every round while the others do. At the end every order that was acknowledged has to be in a log;
after a kill also every one that was acknowledged before it, and what else is in the logs are whole lines and at most one torn one.
Prints the 99th percentile of a form and the memory of the server; nothing here fails by time."""

import argparse
import asyncio
import html
import json
import os
import random
import re
import signal
import subprocess
import tempfile
import time
import urllib.parse

SCENARIO = os.environ.get("SCENARIO") or os.path.join(os.path.dirname(__file__), "../../scenarios/tutorial/2-mediator.toml")


SHIM = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static int slow(const char *name, int file) {
    usleep(WAIT * 1000);
    return ((int (*)(int)) dlsym(RTLD_NEXT, name))(file);
}
int fsync(int file) { return slow("fsync", file); }
int fdatasync(int file) { return slow("fdatasync", file); }
"""


def slowed(place, milliseconds):
    """The environment of a server whose syncs take longer."""
    if not milliseconds:
        return dict(os.environ)
    source, library = os.path.join(place, "slow.c"), os.path.join(place, "slow.so")
    with open(source, "w") as file:
        file.write(SHIM)
    subprocess.run(["cc", "-shared", "-fPIC", f"-DWAIT={milliseconds}", "-o", library, source, "-ldl"], check=True)
    return {**os.environ, "LD_PRELOAD": library}


class Server:
    def __init__(self, baraza, folder, groups, port, environment):
        self.environment = environment
        self.command = [baraza, "serve", SCENARIO, "--groups", str(groups), "--folder", folder, "--bind", "127.0.0.1", "--port", str(port)]
        self.folder, self.port = folder, port

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True, env=self.environment)
        said = ""
        for line in self.process.stdout:
            said += line
            if "goes on" in line:
                break
        self.code = re.search(r"with the code  ([A-Z0-9]{6})", said).group(1)
        page = open(os.path.join(self.folder, "teacher.html")).read()
        self.link = re.search(r"url=http://[^/]+([^\"]+)", page).group(1)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def memory(self):
        status = open(f"/proc/{self.process.pid}/status").read()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024

    async def ask(self, method, path, cookie="", fields=None):
        body = urllib.parse.urlencode(fields or [])
        host = f"127.0.0.1:{self.port}"
        head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nX-Live: 1\r\nOrigin: http://{host}\r\n"
        head += f"Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write((head + body).encode())
        await writer.drain()
        answer = (await reader.read()).decode()
        writer.close()
        if not answer:
            raise ConnectionError("no answer")
        top, _, rest = answer.partition("\r\n\r\n")
        cookie = re.search(r"set-cookie: ([^;]+)", top)
        return int(top.split(" ")[1]), cookie.group(1) if cookie else "", rest


def key():
    return f"{random.getrandbits(128):032x}"


async def surely(server, method, path, cookie, fields):
    """Sends a form until it is answered, as a page does: always under the same key."""
    while True:
        try:
            status, fresh, body = await server.ask(method, path, cookie, fields)
            if status not in (429, 503):
                return status, fresh, body
        except OSError:
            pass
        await asyncio.sleep(0.05)


async def student(server, name, times):
    status, cookie, body = await surely(server, "POST", "/join", "", [("code", server.code), ("name", name), ("key", key())])
    assert status == 204, (status, body)
    return cookie


async def turn(server, cookie, number, times, signed):
    """One student's round: reads the page, changes a field, signs off if it holds the pen."""
    _, _, page = await surely(server, "GET", "/team/part", cookie, None)
    form = re.search(r'name="field" value="(floor\.[^"]+|actions)"', page)
    if not form:
        return
    field = html.unescape(form.group(1))
    word = str(random.randrange(30, 80)) if field.startswith("floor") else "facilitate"
    fields = [("round", number), ("field", field), ("words", word), ("key", key())]
    began = time.monotonic()
    status, _, body = await surely(server, "POST", "/draft", cookie, fields)
    times.append(time.monotonic() - began)
    assert status in (204, 409), (status, body)
    for _ in range(200):
        _, _, page = await surely(server, "GET", "/team/part", cookie, None)
        version = re.search(r'name="version" value="([^"]+)"', page)
        if not version:
            return
        own = key()
        began = time.monotonic()
        fields = [("round", number), ("version", version.group(1)), ("key", own)]
        status, _, body = await surely(server, "POST", "/sign", cookie, fields)
        times.append(time.monotonic() - began)
        if status == 204:
            signed.append(own)
            return
        assert status == 409, (status, body)


async def play(server, students, rounds, kills, what_if):
    times, signed = [], []
    cookies = await asyncio.gather(*(student(server, f"student {k}", times) for k in range(students)))
    _, teacher, _ = await server.ask("GET", server.link)
    print(f"{students} students have joined; {server.memory()} MB")
    memory = []
    for number in range(1, rounds + 1):
        work = asyncio.gather(*(turn(server, c, number, times, signed) for c in cookies))
        if what_if:
            fields = [("do", "ask"), ("what-if", f"{what_if}={30 + number}"), ("question", "And now?")]
            status, _, body = await surely(server, "POST", "/teacher/do", teacher, fields)
            assert status == 204, (status, body)
        for _ in range(kills // rounds + (number <= kills % rounds)):
            await asyncio.sleep(random.random() * 1.5)
            server.kill()
            server.start()
            check(server.folder, signed)
        await work
        status, _, body = await surely(server, "POST", "/teacher/do", teacher, [("do", "close"), ("round", number)])
        assert status in (204, 409), (status, body)
        memory.append(server.memory())
    times.sort()
    print(f"{len(times)} forms: median {times[len(times) // 2] * 1000:.0f} ms, 99th percentile {times[len(times) * 99 // 100] * 1000:.0f} ms")
    print(f"memory after each round, MB: {memory}")
    return signed


def check(folder, signed):
    """Everything acknowledged is in the logs; beyond it there are whole lines only, since the server has been opened again."""
    found = set()
    for name in os.listdir(folder):
        if name.endswith(".jsonl"):
            text = open(os.path.join(folder, name)).read()
            for line in text.splitlines(keepends=True):
                if not line.endswith("\n"):
                    continue
                event = json.loads(line)
                if "orders" in event:
                    found.add(event["orders"].get("key", "").split(".")[0])
    missing = [k for k in signed if k not in found]
    assert not missing, f"{len(missing)} acknowledged orders are in no log"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("baraza")
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--slow-sync", type=int, default=0, metavar="MS")
    parser.add_argument("--what-if", metavar="PATH")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = os.path.join(place, "class")
        environment = slowed(place, given.slow_sync)
        server = Server(os.path.abspath(given.baraza), folder, 8, 20000 + os.getpid() % 2000, environment)
        server.start()
        try:
            signed = asyncio.run(play(server, given.students, given.rounds, given.kills, given.what_if))
            server.kill()
            server.start()
            check(folder, signed)
            print(f"{len(signed)} orders were acknowledged, and all of them are in the logs; {given.kills} kills")
        finally:
            server.kill()


main()
