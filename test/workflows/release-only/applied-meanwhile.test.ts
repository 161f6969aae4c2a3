import { describe, expect, test } from 'vitest'
import type { ReleaseOptions } from '../../../src/workflows/run/release-options.ts'
import { aliasOf, recordOf } from '../canary.ts'
import { canary } from '../service.ts'
import { acts, type Ended, name, noBake, releaseWith, remember, useOtherTool } from './other-tool.ts'

useOtherTool()

/** The ends that name their reason. */
const named = ['CONFLICT', 'PAUSED', 'NOT_FOUND', 'PREFLIGHT_FAILED', 'ROLLED_BACK', 'UPDATE_FAILED']
const ours = ['functions.updateCode', 'functions.publish', 'aliases.update', 'aliases.create']

/**
 * Judges the end of a release during which the other tool acted; one sentence for each wrong.
 *
 * @param seenUntil the last call before which a change of settings or triggers may not stay unseen
 */
function wrongsOf({ nth, code, made, acted, architecture }: Ended, seenUntil: number): string[] {
  const at = `at call ${nth} (${acted}) it ended ${code}`
  const wrongs: string[] = []
  if (code !== 'released' && code !== 'unchanged' && !named.includes(code))
    wrongs.push(`${at}, which names nothing`)
  for (const call of made.changes()) if (!ours.includes(call)) wrongs.push(`${at}, and called ${call}`)
  const settings = made.functions.state.get(name)?.settings
  const memory = settings?.memoryMb
  if (architecture !== undefined && settings?.architecture !== architecture)
    wrongs.push(`${at}, and took the architecture back to ${settings?.architecture}`)
  if (code !== 'released') return wrongs
  const alias = aliasOf(made)
  const record = recordOf(made)
  const lastMove = made.calls.made.findLastIndex((call) => /aliases\.(update|create)/.test(call.name)) + 1
  if (nth <= lastMove && (record?.phase !== 'done' || alias?.version !== record.candidate || alias.weight))
    wrongs.push(`${at}, and the alias is on ${alias?.version}: ${alias?.description}`)
  const serving = made.functions.state.get(`${name}:${alias?.version}`)
  if (nth > seenUntil) return wrongs
  if (serving && serving.settings.memoryMb !== memory)
    wrongs.push(`${at}, with memory ${serving.settings.memoryMb} while $LATEST has ${memory}`)
  const isAsBegun = made.triggers.length === 1 && made.triggers[0]?.qualifier === 'live'
  const firstLook = made.calls.made.findIndex((call) => call.name === 'triggers.list') + 1
  if (!isAsBegun && nth > firstLook) wrongs.push(`${at}, and a trigger goes past the alias`)
  return wrongs
}

/** The calls up to the first shift are those of any release. Later looks are alike, so only those near a shift count. */
async function momentsOf(options: ReleaseOptions): Promise<{ moments: number[]; seenUntil: number }> {
  const { code, made } = await releaseWith(options, () => undefined, 0)
  expect(code).toBe('released')
  const names = made.calls.made.map(({ name: call }) => call)
  const shifts = names.flatMap((call, index) => (call === 'aliases.update' ? [index + 1] : []))
  const isNear = (nth: number) => shifts.some((shift) => nth >= shift - 6 && nth <= shift + 3)
  const all = names.map((_, index) => index + 1)
  // The last look comes after the switch to 100%, and before the update that puts the end on record.
  const seenUntil = names.lastIndexOf('triggers.list')
  expect(seenUntil).toBeGreaterThan(shifts.at(-2) ?? 0)
  if (options === noBake) return { moments: all, seenUntil }
  return { moments: all.filter((nth) => nth > (shifts[0] ?? 0) && isNear(nth)), seenUntil }
}

describe.each([
  ['a deploy', noBake],
  ['a canary', canary],
])('%s, while the other tool', (_, options) => {
  test.each(Object.entries(acts))(
    '%s before any of its calls, ends properly or names its stop',
    async (_what, act) => {
      const wrongs: string[] = []
      const { moments, seenUntil } = await momentsOf(options)
      for (const nth of moments) wrongs.push(...wrongsOf(await releaseWith(options, act, nth), seenUntil))
      expect(wrongs).toEqual([])
    },
  )
})

test.each([
  ['a deploy', noBake],
  ['a canary', canary],
])(
  '%s ends before its first shift if the other tool changes settings after the publish',
  async (_, options) => {
    const { made } = await releaseWith(options, () => undefined, 0)
    const publish = made.calls.made.findIndex(({ name: call }) => call === 'functions.publish') + 1
    const ended = await releaseWith(options, remember, publish + 1)
    expect(ended.code).toBe('CONFLICT')
    expect(ended.message).toContain('No traffic was moved')
  },
)
