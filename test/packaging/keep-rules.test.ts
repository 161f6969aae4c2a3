import { expect, test } from 'vitest'
import { keepRules } from '../../src/packaging/keep-rules.ts'
import { selectFiles } from '../../src/packaging/select-files.ts'
import { temporaryFolder, writeFiles } from '../cli/service.ts'

test('the rules keep what the defaults leave out, and only those that are needed are there', async () => {
  const key = '-----BEGIN PRIVATE KEY-----\n'
  const files = {
    'index.mjs': '',
    '.env.prod': 'A=1',
    'lib/__pycache__/a.pyc': 'x',
    'certs/[my] key!.pem': key,
    'certs/ca.pem': 'public',
  }
  const folder = await temporaryFolder()
  await writeFiles(folder, files)
  const rules = await keepRules(folder, Object.keys(files))
  expect(rules).toEqual(['!__pycache__', '!*.pyc', '!.env*', String.raw`!/certs/\[my\]\ key\!.pem`])
  await writeFiles(folder, { '.lambdactlignore': rules.join('\n') })
  const selected = selectFiles(folder).files.map(({ path }) => path)
  expect(selected.toSorted()).toEqual(Object.keys(files).toSorted())
})

test('plain files need no rules', async () => {
  const folder = await temporaryFolder()
  await writeFiles(folder, { 'index.mjs': '', 'ca.pem': 'public' })
  expect(await keepRules(folder, ['index.mjs', 'ca.pem'])).toEqual([])
})
