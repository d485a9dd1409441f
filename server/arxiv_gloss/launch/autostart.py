"""What makes each system start the server at login: pure text, from the command to run."""

from __future__ import annotations

import plistlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

from arxiv_gloss.telemetry import SWITCHES

SERVICE_NAME = "arxiv-gloss"
LABEL = "org.arxiv-gloss.server"
"""Name of the launch agent on macOS."""


def systemd_unit(command: Sequence[str]) -> str:
    """A user unit (systemd.service(5))."""
    return f"""[Unit]
Description=arXiv Gloss, glosses of arXiv papers on this machine

[Service]
ExecStart={" ".join(map(_systemd_quoted, command))}
{chr(10).join(f"Environment={name}={value}" for name, value in SWITCHES.items())}
Restart=on-failure
NoNewPrivileges=yes
UMask=0077

[Install]
WantedBy=default.target
"""


def _systemd_quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def launchd_agent(command: Sequence[str]) -> str:
    """A launch agent's property list (launchd.plist(5)); started again only after a failure."""
    content = {
        "Label": LABEL,
        "ProgramArguments": list(command),
        "EnvironmentVariables": SWITCHES,
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ProcessType": "Background",
        "Umask": 0o077,
    }
    return plistlib.dumps(content).decode()


def windows_task(command: Sequence[str]) -> str:
    """A scheduled task (schema 1.2) that runs at the user's logon, without a time limit."""
    program, *arguments = command
    quoted = " ".join(f'"{argument}"' if " " in argument else argument for argument in arguments)
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>arXiv Gloss, glosses of arXiv papers on this machine</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Principals>
    <Principal id="Author"><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>3</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec><Command>{escape(program)}</Command><Arguments>{escape(quoted)}</Arguments></Exec>
  </Actions>
</Task>
"""
