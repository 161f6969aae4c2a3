import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { folder } from '../../../packaging/folder.ts'

/** Names of the browser in Debian, Fedora and Google's own packages. */
const names = [process.env['LAMBDACTL_TEST_CHROMIUM'], 'chromium', 'chromium-browser', 'google-chrome']

/** The browser that tests use: by LAMBDACTL_TEST_CHROMIUM, else by PATH. */
export const chromium = names.find(
  (name) => name !== undefined && spawnSync(name, ['--version'], { timeout: 30_000 }).status === 0,
)

interface Message {
  id?: number
  method?: string
  params?: Record<string, unknown>
  result?: unknown
  error?: { message: string }
}

/** A headless browser with one page, driven over pipes by the DevTools protocol. */
export interface Browser extends AsyncDisposable {
  /** Sends a command to the page. */
  send<Result = unknown>(method: string, params?: object): Promise<Result>
  /** Waits for an event of the page, from now on. */
  event(method: string): Promise<void>
  /** Errors of the page's console, and refused loads, as the browser tells them. */
  complaints: string[]
}

export async function startBrowser(program: string): Promise<Browser> {
  const profile = await folder()
  const args = [
    '--headless=new',
    // Root, as in a container, can't have the sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--hide-scrollbars',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile.path}`,
    'about:blank',
  ]
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
  const pipe = connected(child)
  const { targetInfos } = (await pipe.send('Target.getTargets')) as {
    targetInfos: { type: string; targetId: string }[]
  }
  const targetId = targetInfos.find(({ type }) => type === 'page')?.targetId
  const { sessionId } = (await pipe.send('Target.attachToTarget', { targetId, flatten: true })) as {
    sessionId: string
  }
  const send = <Result>(method: string, params: object = {}) =>
    pipe.send(method, params, sessionId) as Promise<Result>
  for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`)
  return {
    send,
    event: (method) => pipe.event(method),
    complaints: pipe.complaints,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      await rm(profile.path, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const telling = ['Log.entryAdded', 'Runtime.consoleAPICalled', 'Runtime.exceptionThrown']

/** The protocol's messages over the pipes 3 and 4: JSON, each with a zero byte behind it. */
function connected(child: ChildProcess) {
  const toBrowser = child.stdio[3] as Writable
  const fromBrowser = child.stdio[4] as Readable
  const answers = new Map<number, (message: Message) => void>()
  const waiting = new Map<string, () => void>()
  const complaints: string[] = []
  let last = 0
  let rest = ''
  fromBrowser.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\0')
    rest = parts.pop() ?? ''
    for (const part of parts) receive(JSON.parse(part) as Message)
  })
  const receive = (message: Message) => {
    if (message.id !== undefined) answers.get(message.id)?.(message)
    const { method = '' } = message
    waiting.get(method)?.()
    if (telling.includes(method)) complaints.push(JSON.stringify(message.params))
  }
  return {
    complaints,
    async send(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
      const id = (last += 1)
      const { promise, resolve } = Promise.withResolvers<Message>()
      answers.set(id, resolve)
      toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
      const { result, error } = await promise
      if (error) throw new Error(`${method}: ${error.message}`)
      return result
    },
    async event(method: string): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.set(method, resolve)
      await promise
    },
  }
}
