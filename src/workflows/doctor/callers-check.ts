import { triggerCheck } from '../../gates/candidate/trigger-check.ts'
import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import type { Examined } from './examined.ts'

/** Warns of callers that go past the alias. They never reach a candidate. */
export async function callersCheck({ run, target, latest, triggers }: Examined): Promise<Diagnosis> {
  const { lambdaName: functionName, alias } = target
  const found = await triggers()
  const made = { configName: run.config.name, tags: latest.tags, awsCli: target.awsCli?.() }
  const { outcome, detail, next } = triggerCheck(found, { functionName, alias, ...made })
  if (outcome === 'pass') return { title: 'callers', outcome, detail }
  return {
    title: 'callers',
    outcome: 'warn',
    detail,
    why: `Their events run $LATEST, which no gate has proven, and a canary gets none of them${outcome === 'fail' ? '; a release stops here, except the first one, which makes the alias' : ''}.`,
    ...(next && { next }),
  }
}
