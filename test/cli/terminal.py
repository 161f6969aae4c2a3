"""Runs a program on a terminal of its own: stdin is its keyboard, and stdout its screen.

stderr tells the process id, and in the end whether the terminal has its modes back.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios

pid, terminal = pty.fork()
if pid == 0:
    rows = int(os.environ.pop('TERMINAL_ROWS', '30'))
    columns = int(os.environ.pop('TERMINAL_COLUMNS', '100'))
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
print(f'pid {pid}', file=sys.stderr, flush=True)

sources = {0: terminal, terminal: 1}
while terminal in sources:
    for source in select.select(list(sources), [], [])[0]:
        try:
            data = os.read(source, 65536)
        except OSError:
            data = b''
        if data:
            os.write(sources[source], data)
        else:
            del sources[source]

status = os.waitpid(pid, 0)[1]
line_by_line = termios.ICANON | termios.ECHO | termios.ISIG
restored = termios.tcgetattr(terminal)[3] & line_by_line == line_by_line
print('restored' if restored else 'still raw', file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)
