import { expect, test } from 'vitest'
import { waysOn } from '../../../src/workflows/preflight/prove-function.ts'
import { target, world } from '../world.ts'

const drift = [{ title: 'drift', outcome: 'fail' as const, detail: 'code a → b' }]

test("the way to keep what was changed by hand: lines of the file, or another tool's code as it is", () => {
  const { run } = world()
  const plan = { strategy: 'canary' as const }
  const [settings = ''] = waysOn(run, target, plan, drift)
  expect(settings).toMatch(/^To keep it, write it into lambdactl\.yaml/)
  const [code = ''] = waysOn(run, { ...target, codeOnly: { provisions: false } }, plan, drift)
  expect(code).toMatch(/^To keep the code that is there, .* remove its source from functions\.checkout/)
})
