import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Place, runTo } from '../cli.ts'
import { temporaryFolder } from '../service.ts'
import { variables } from '../variables.ts'

const committed = (path: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../schemas', path), 'utf8'))

async function emptyPlace(): Promise<Place> {
  const cwd = await temporaryFolder()
  return { cwd, env: variables(cwd) }
}

test('schema COMMAND prints the schema of its document, or of its events, with --json the same', async () => {
  const place = await emptyPlace()
  const printed = async (...words: string[]): Promise<unknown> =>
    JSON.parse((await runTo(0, ['schema', ...words], place)).stdout)
  expect(await printed('canary', 'status')).toEqual(committed('documents/canary.status.json'))
  expect(await printed('canary', 'status', '--events')).toEqual(committed('events/canary.status.json'))
  expect(await printed('deploy')).toEqual(committed('events/deploy.json'))
  expect(await printed('error', '--json')).toEqual(committed('documents/error.json'))
})

test('what has no schema is an error with all that have one', async () => {
  const place = await emptyPlace()
  const none = await runTo(2, ['schema', 'canary', 'dance'], place)
  expect(none.stderr).toMatch(
    /^Error: There is no schema of `lambdactl canary dance`\.\n.*: add, alarms ensure, /,
  )
  const events = await runTo(2, ['schema', 'list', '--events'], place)
  expect(events.stderr).toMatch(/^Error: `lambdactl list` prints no events\.\n.*canary status, .*deploy/)
  expect((await runTo(2, ['schema', '--events'], place)).stderr).toContain('Name a command')
})
