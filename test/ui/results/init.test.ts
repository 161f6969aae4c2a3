import { expect, test } from 'vitest'
import { type AdoptionsView, adoptionNotes, adoptionText } from '../../../src/ui/results/init.ts'

const adoption = (name: string) => ({
  function: name,
  lambdaName: `shop-${name}-prod`,
  manages: 'function' as const,
  alias: 'live',
  aliasExists: false,
  version: '$LATEST',
  source: `functions/${name}`,
  zipReason: undefined,
  files: 1,
  kept: [],
  secretFiles: [],
  variables: ['TABLE'],
  secrets: [],
})

function view(count: number, known: readonly string[] = []): AdoptionsView {
  const functions = Array.from({ length: count }, (_, at) => adoption(`fn${at}`))
  return { environment: 'prod', functions, known, undeployed: [], left: [], toAlias: [] }
}

test('of 200 functions a sentence names 20, and the number of the others', () => {
  const names = Array.from({ length: 200 }, (_, at) => `fn${at}`)
  expect(adoptionText(view(0, names))).toMatch(/^lambdactl\.yaml has fn0, .* fn19 and 180 more already$/)
  expect(adoptionNotes(view(200), '.')).toMatch(/^These have no alias yet: fn0, .* fn19 and 180 more\. /)
})

test('a note on variables names the function, if there are several', () => {
  expect(adoptionNotes(view(1), '.')).toContain('warning: 1 environment variable is in lambdactl.yaml now')
  expect(adoptionNotes(view(2), '.')).toContain('warning: fn1: 1 environment variable is in lambdactl.yaml')
})

test('a next step quotes the folder for a shell, and repeats the place', () => {
  const notes = adoptionNotes(view(2), 'my shop', ['--profile', 'payments'])
  expect(notes).toContain("  cd 'my shop'\n  lambdactl diff --env prod --profile payments\n")
})
