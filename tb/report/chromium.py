"""Drives a headless Chromium through its debugging pipe, with nothing but Python's own library."""

import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time


class Chromium:
    """One page in a browser that has no network. Used as a context manager."""

    DEADLINE = 60  # seconds for one command

    def __init__(self, program):
        self._profile = tempfile.mkdtemp(prefix="tessera-chromium-")
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        # The protocol wants descriptors 3 and 4; the shell moves them there.
        self._browser = subprocess.Popen(
            ["/bin/sh", "-c", f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}', program,
             "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", "--disable-background-networking", "--hide-scrollbars",
             "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe",
             f"--user-data-dir={self._profile}", "about:blank"],
            pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(to_browser)
        os.close(from_browser)
        self._pending = b""
        self._next = 0
        self._session = None
        self.events = []
        target = next(t for t in self.call("Target.getTargets")["targetInfos"]
                      if t["type"] == "page")
        self._session = self.call("Target.attachToTarget", targetId=target["targetId"],
                                  flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Network.emulateNetworkConditions", offline=True, latency=0,
                  downloadThroughput=0, uploadThroughput=0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.killpg(self._browser.pid, signal.SIGKILL)
        self._browser.wait()
        os.close(self._read)
        os.close(self._write)
        # Its other processes may need a moment to be gone, and write until then.
        for _ in range(self.DEADLINE):
            shutil.rmtree(self._profile, ignore_errors=True)
            if not os.path.exists(self._profile):
                break
            time.sleep(0.1)

    def call(self, method, **parameters):
        """The result of one command of the protocol; events that come meanwhile are kept."""
        self._next += 1
        message = {"id": self._next, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + self.DEADLINE
        while True:
            answer = self._receive(deadline)
            if answer.get("id") == self._next:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def _receive(self, deadline):
        while b"\0" not in self._pending:
            ready, _, _ = select.select([self._read], [], [], max(0, deadline - time.monotonic()))
            chunk = os.read(self._read, 1 << 20) if ready else b""
            if not chunk:
                raise RuntimeError("the browser does not answer" if not ready else
                                   "the browser has ended")
            self._pending += chunk
        message, self._pending = self._pending.split(b"\0", 1)
        return json.loads(message)

    def evaluate(self, expression):
        """The value of a JavaScript expression, awaited if it is a promise."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def show(self, url, width, height, scheme):
        """Opens a page in a window of this width, dark or light, and waits until it is drawn."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Page.navigate", url=url)
        deadline = time.monotonic() + self.DEADLINE
        while self.evaluate("document.readyState + location.href") != "complete" + url:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{url} does not load")
            time.sleep(0.05)
        # Two frames: in the first the plots take their size, in the second they are drawn.
        self.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")

    def named(self, *methods):
        """The events so far that have one of these names."""
        return [event for event in self.events if event.get("method") in methods]
