import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { FailedLoad } from '../../../src/packaging/load/load-outcome.ts'
import { folder } from '../folder.ts'

const node = {
  program: process.execPath,
  loader: 'node.mjs',
  file: 'index.mjs',
  code: "import { connect } from 'node:net'\nconst it = connect(Number(process.env.PORT), '127.0.0.1')\nawait new Promise((resolve) => it.on('data', resolve))\nexport const handler = () => 1\n",
}
const python = {
  program: 'python3',
  loader: 'python.py',
  file: 'index.py',
  code: "import os, socket\nit = socket.create_connection(('127.0.0.1', int(os.environ['PORT'])))\nit.recv(1)\ndef handler(event, context): return 1\n",
}

test.each([node, python])(
  '$loader tells that a module waits for the network',
  async (of) => {
    await using source = await folder({ [of.file]: of.code })
    // Takes connections, and never answers.
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const PORT = String(typeof address === 'object' ? address?.port : '')
    const result = join(source.path, 'result.json')
    const task = {
      package: source.path,
      module: of === node ? join(source.path, of.file) : 'index',
      exportPath: ['handler'],
      runtimeHas: [],
      own: [],
      suffixes: [],
      binaries: {},
      arch: process.arch,
      patienceMs: 300,
      result,
    }
    await writeFile(join(source.path, 'task.json'), JSON.stringify(task))
    const loader = fileURLToPath(new URL(`../../../src/packaging/loaders/${of.loader}`, import.meta.url))
    const child = spawn(of.program, [loader, join(source.path, 'task.json')], {
      env: { ...process.env, PORT },
      cwd: source.path,
      stdio: 'inherit',
    })
    await once(child, 'exit')
    server.close()
    const { text, chain } = JSON.parse(await readFile(result, 'utf8')) as FailedLoad
    expect({ text, chain }).toEqual({
      text: 'it still waits for the network after 0.3 s',
      chain: ['ETIMEDOUT'],
    })
  },
  20_000,
)
