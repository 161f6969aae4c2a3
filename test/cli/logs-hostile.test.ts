import { expect, test } from 'vitest'
import { eventsOf, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

/** The longest message that CloudWatch takes: with its 26 bytes an event has 256 KB. */
const longest = `${'long '.repeat(52_000)}end`.slice(0, 256 * 1024 - 26)
const messages = [
  `clear\u001b[2J\u001b]52;c;cm0gLXJm\u0007 title\u001b]0;owned\u0007 bell\u0007 back\b return\rhidden c1\u009b31m turn\u202e.`,
  JSON.stringify({ level: 'warn', msg: 'in \u001b[31mJSON', '\u001b[8mname': '\u009b2J' }),
  'binary \u0000\u0001\u0002\u001f\u007f\ufffd\u{10ffff}',
  '{"level":"error","msg":"cut o',
  '{"level":{"deep":["er"]},"msg":null,"time":"never","timestamp":1e999}',
  '[1,2]',
  'REPORT RequestId: nothing of Lambda\tDuration: NaN ms',
  longest,
]
/** Characters that a terminal obeys, apart from tabs and line ends. */
const obeyed = /[^\P{Cc}\t\n]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u

test('binary, very long and broken lines and control sequences are shown in each form, and do nothing to a terminal', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await sandbox().writeLog(service.lambdaName, messages)
  const shown = async (...flags: string[]) =>
    (await runTo(0, ['logs', 'hello', '-e', 'test', '--no-follow', ...flags], place)).stdout
  for (const output of ['pretty', 'plain', 'raw', 'ndjson', 'logfmt']) {
    const text = await shown('--output', output)
    expect(text, `as ${output}`).not.toMatch(obeyed)
    for (const part of ['clear', 'JSON', 'binary', 'cut o', 'nothing of Lambda'])
      expect(text, `as ${output}`).toContain(part)
    expect(text.includes(longest), `as ${output}`).toBe(output !== 'pretty')
  }
  expect(await shown('--fields', 'level,msg')).not.toMatch(obeyed)
  for (const list of ['requests', 'errors'])
    expect((await runTo(0, ['logs', list, 'hello', '-e', 'test'], place)).stdout).not.toMatch(obeyed)

  const events = eventsOf({ stdout: await shown('--json') } as never)
  const said = events.flatMap(({ event, message }) => (event === 'line' ? [message] : []))
  expect(said).toEqual(expect.arrayContaining(messages))
})
