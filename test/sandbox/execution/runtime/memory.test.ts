import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { shareOf } from '../../../../src/sandbox/execution/runtime/memory.ts'

const inMemory = ['unshare', '-Urm', 'sh', '-c', 'mount -t tmpfs none /mnt && exec "$@"', '-'] as const
const hasMounts = spawnSync(inMemory[0], [...inMemory.slice(1), 'true']).status === 0

/** The share of a Python process that has run the code, in MB. */
async function shareAfter(code: string): Promise<number> {
  const [file, ...args] = [...inMemory, 'python3', '-c', `${code}\nprint('done', flush=True)\ninput()`]
  const child = spawn(file ?? '', args, { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill())
  await once(child.stdout, 'data')
  return shareOf(child.pid ?? 0)
}

test.runIf(hasMounts).each([
  ["kept = b'x' * 50_000_000", true],
  ["import mmap; kept = mmap.mmap(-1, 50_000_000); kept.write(b'x' * len(kept))", true],
  [
    `import mmap
file = open('/mnt/file', 'w+b')
file.write(b'x' * 50_000_000)
file.flush()
kept = mmap.mmap(file.fileno(), 0)
sum(kept[at] for at in range(0, len(kept), 4096))`,
    false,
  ],
])(
  'private and shared memory is counted, a mapped file is not, even one that is in memory: %s',
  async (code, counted) => {
    const share = await shareAfter(code)
    expect([share > 45, share < 45]).toEqual([counted, !counted])
  },
)
