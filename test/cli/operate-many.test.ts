import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Place, runTo, start } from './cli.ts'
import { useCounts } from './counts.ts'
import { useSandbox } from './sandbox.ts'
import { answering, temporaryFolder, writeFiles } from './service.ts'

const nameOf = (index: number) => `f${String(index + 1).padStart(2, '0')}`

async function writeService(count: number): Promise<string> {
  const folder = await temporaryFolder()
  const functions = Array.from({ length: count }, (_, index) => `  ${nameOf(index)}: {}\n`).join('')
  await writeFiles(folder, {
    'code/index.mjs': answering('one'),
    'lambdactl.yaml': `service: shop
defaults:
  {source: code, runtime: nodejs24.x, handler: index.handler, bundle: false, alarms: true, release: {alarms: [errors]}}
functions:
${functions}environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}
`,
  })
  return folder
}

/** A text, and how often the output has it; once by default. */
type Part = RegExp | readonly [RegExp, times: number]

/** Each command with its output for a service of so many functions of which the first has traffic. */
const commands: readonly (readonly [command: string, says: (count: number) => readonly Part[]])[] = [
  ['alarms list', (count) => [[/^f\d\d \(\S+:live\) no alarm watches it$/gm, count]]],
  ['alarms ensure', (count) => [[/^ {2}\+ shop-f\d\d-test-live-\w+$/gm, 2 * count], /^done$/m]],
  ['alarms ensure, again', (count) => [[/^ {2}= shop-f\d\d-test-live-\w+$/gm, 2 * count], /nothing to do/]],
  [
    'alarms test f01 --yes',
    () => [
      [/\d minutes? of the last 24 h/g, 2],
      [/it went to ALARM and back/g, 2],
    ],
  ],
  ['status', (count) => [/f01 +v1 +\S+ +\d+ +0%/, new RegExp(`${count} functions: no trouble found`)]],
  ['status f01', () => [/all-at-once \w+ put version 1 at 100%/, /version 1 100% +\S+ +\d+ +0%/]],
  [
    'metrics f01',
    () => [/invocations .*█.* \d+, at most \d+/, /errors .* 0\n/, /cold starts .*at most [1-9]/],
  ],
  [
    'concurrency show',
    (count) => [/f01 +shared +peak [1-9]/, [/shared +peak \?/g, count - 1], /at most [1-9]\d* used/],
  ],
  ['concurrency recommend f01', () => [/peak +[1-9]\d* concurrent/, /→ to reserve: .* f01 --env test [1-9]/]],
  ['versions list f01', () => [/: 1 version, /, /1 {2}live .*\n.*all-at-once \w+ of live: done/]],
  ['triggers list f01', () => [/nothing invokes it but calls by name/]],
  ['doctor', (count) => [[/^f\d\d \(shop-f\d\d-test\)$/gm, count], /^0 failures, 1 warning$/m]],
  ['cold-starts f01', () => [/\n {2}1 +\d+ +[1-9]\d* +[\d.]+%/]],
  ['cost f01', () => [/requests +[1-9]\d* +/, /total +(?:< )?\$0\.00/]],
  ['cost --all', (count) => [/f01 +[1-9]\d* requests/, [/no invocations of that time/g, count - 1]]],
  ['list', (count) => [new RegExp(`^${count} functions in this`), [/ live 1 +f\d\d of lambdactl/g, count]]],
  ['iam policy', (count) => [new RegExp(`function:shop-${nameOf(count - 1)}-test`)]],
]

describe.each([5, 50])('a service of %i functions', (count) => {
  /** A minute takes a second. */
  const sandbox = useSandbox(60)

  test('is looked at with as many calls as the documentation says', { timeout: 300_000 }, async () => {
    const place = sandbox().place({ folder: await writeService(count) })
    await runTo(0, ['deploy', '-e', 'test'], place)
    await haveTraffic(place)
    const counts = useCounts(sandbox().url)
    const made: Record<string, string> = {}
    for (const [command, says] of commands) {
      counts()
      const { stdout } = await runTo(0, [...command.replace(/,.*/, '').split(' '), '-e', 'test'], place)
      made[`\`${command.replace(/ --yes|,.*/, '')}\`${command.replace(/^[^,]*/, '')}`] = inWords(counts())
      for (const part of says(count)) {
        const [text, times] = part instanceof RegExp ? [part, 1] : part
        expect(stdout.match(text), `${command}: ${String(text)}\n${stdout}`).toHaveLength(times)
      }
    }
    expect(made).toEqual(documented(count))
  })

  async function haveTraffic(place: Place): Promise<void> {
    sandbox().leaveKey(place)
    const traffic = start(['sandbox', 'traffic', 'shop-f01-test:live', '--rate', '5'], place)
    await traffic.says(/version 1: \d/)
  }
})

/**
 * `GetAlias ×2, UpdateAlias`, by name. A query's answer that is not there yet is asked for again, which counts once. So do
 * the calls of IAM.
 */
function inWords({ Invoke: _, ...counts }: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, count]) =>
      count === 1 || ['GetQueryResults', 'IAM'].includes(name) ? name : `${name} ×${count}`,
    )
    .join(', ')
}

/** The rows of the page's table for a service of so many functions. */
function documented(count: number): Record<string, string> {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'api-calls.md'), 'utf8')
  const rows = page.matchAll(/^\| (?<command>[^|]*`[^|]*) \| (?<five>[^|]+) \| (?<fifty>[^|]+) \|$/gm)
  return Object.fromEntries(
    Array.from(rows, ({ groups }) => [
      groups?.['command'] ?? '',
      groups?.[count === 5 ? 'five' : 'fifty'] ?? '',
    ]),
  )
}
