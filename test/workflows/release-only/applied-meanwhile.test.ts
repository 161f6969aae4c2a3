import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ResolvedFunction } from '../../../src/config/types.ts'
import { LambdactlError } from '../../../src/errors/error.ts'
import { releaseFunction } from '../../../src/workflows/release-function.ts'
import { withoutOthersCalls } from '../../../src/workflows/release-only/others-calls.ts'
import { resume } from '../../../src/workflows/resume.ts'
import type { ReleaseOptions } from '../../../src/workflows/run/release-options.ts'
import { steerRelease } from '../../../src/workflows/steer-release.ts'
import { aliasOf, recordOf } from '../canary.ts'
import { readyFunction } from '../fake-functions.ts'
import { canary, type Service, service } from '../service.ts'
import { failureOf, target as plain, type World, world } from '../world.ts'

const target = { ...plain, codeOnly: { provisions: false } }
const name = target.lambdaName

let shop: Service
let released: World
beforeAll(async () => {
  shop = await service()
  released = await twice()
})
afterAll(() => shop[Symbol.asyncDispose]())

/** Its settings are another tool's. */
const codeOnly = (): ResolvedFunction => ({
  ...shop.fn,
  manages: 'code',
  said: { runtime: undefined, handler: undefined, architecture: undefined, layers: undefined, bundle: false },
})

/** A function that another tool made, after two releases by lambdactl. */
async function twice(): Promise<World> {
  const made = guarded()
  const found = readyFunction(name)
  const settings = { ...found.settings, memoryMb: 512, environment: { TABLE: 'orders' } }
  made.functions.state.set(name, { ...found, settings, codeSha256: 'of its tool' })
  for (const nth of [1, 2]) {
    await shop.write(`def handler(event, context):\n    return ${nth}\n`)
    await release(made, noBake)
  }
  await shop.write('def handler(event, context):\n    return 3\n')
  return made
}

/** A world that refuses the calls of the other tool. */
function guarded(): World {
  const made = world()
  made.run = { ...made.run, aws: withoutOthersCalls(made.run.aws, [target]) }
  made.alarms = { errors: [[0, 'OK']] }
  return made
}

/** The same world again, before its third release. */
function beside(): World {
  const made = guarded()
  for (const [key, state] of released.functions.state) made.functions.state.set(key, { ...state })
  for (const [key, zip] of released.functions.zips) made.functions.zips.set(key, zip)
  made.aliases.byHand(name, aliasOf(released) ?? {})
  made.journal.push(...released.journal)
  return made
}

const release = (made: World, options: ReleaseOptions) =>
  releaseFunction(made.run, target, codeOnly(), options)

const noBake: ReleaseOptions = { ...canary, strategy: 'all-at-once', steps: [], bakeMs: 0 }

/** An act of the other tool at one moment. */
type Act = (made: World) => void

/** A version that the other tool publishes of its own code and settings. */
function published({ functions }: World): string {
  const version = '9'
  const latest = functions.state.get(name) ?? readyFunction(name)
  functions.state.set(`${name}:${version}`, { ...latest, version, status: 'ready' })
  return version
}

const remember = (made: World) => made.functions.updateByHand(name, { memoryMb: 1024 })
const bare = { weight: undefined, description: '' } as object

const acts: Record<string, Act> = {
  'sets memory': remember,
  'changes the architecture': (made) => made.functions.updateByHand(name, { architecture: 'x86_64' }),
  'publishes, moves the alias and replaces its Description': (made) => {
    remember(made)
    made.aliases.byHand(name, { ...bare, version: published(made) })
  },
  'moves the alias back, and replaces its Description': (made) =>
    made.aliases.byHand(name, { ...bare, version: '1' }),
  'moves the alias back, and keeps its Description': (made) =>
    made.aliases.byHand(name, { version: '1', weight: undefined } as object),
  'replaces the Description alone': (made) => made.aliases.byHand(name, { description: '' }),
  'clears the weight alone': (made) => made.aliases.byHand(name, { weight: undefined } as object),
  'deletes the alias': (made) => void made.aliases.state.delete(name),
  'deletes the versions without traffic': ({ functions, aliases }) => {
    for (const version of ['1', '2', '3']) {
      const alias = aliases.state.get(name)
      if (alias?.version === version || alias?.weight?.version === version) continue
      functions.state.delete(`${name}:${version}`)
      aliases.missing.add(version)
    }
  },
  'replaces the function': (made) => {
    for (const key of made.functions.state.keys()) made.functions.state.delete(key)
    made.aliases.state.delete(name)
    made.functions.state.set(name, { ...readyFunction(name), codeSha256: 'replaced', revisionId: 'new' })
  },
  'deletes the function': (made) => {
    for (const key of made.functions.state.keys()) made.functions.state.delete(key)
    made.aliases.state.delete(name)
  },
  'points a trigger at $LATEST': ({ triggers }) =>
    void triggers.push({ description: 'orders (queue)', kind: 'mapping', uuid: 'q', qualifier: undefined }),
}

/** How a release ended, with the call before which the other tool acted. */
interface Ended {
  nth: number
  code: string
  made: World
  acted: string
  /** Empty if it did not fail. */
  message: string
  /** The architecture that the other tool left; undefined if it left no function. */
  architecture: string | undefined
}

async function releaseWith(options: ReleaseOptions, act: Act, nth: number): Promise<Ended> {
  const made = beside()
  let acted = ''
  let architecture: string | undefined
  made.calls.faults.push(({ name: call }) => {
    if (made.calls.made.length === nth) {
      acted = call
      act(made)
      architecture = made.functions.state.get(name)?.settings.architecture
    }
    return undefined
  })
  try {
    const { outcome } = await release(made, options)
    return { nth, code: outcome, made, acted, message: '', architecture }
  } catch (error) {
    const { message } = error as Error
    const code = error instanceof LambdactlError ? error.code : String(error)
    return { nth, code, made, acted, message, architecture }
  }
}

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
  if (made.triggers.length > 0) wrongs.push(`${at}, and a trigger goes past the alias`)
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
  // The last look before the first shift is also the last of a deploy.
  const lastLook = names.lastIndexOf('triggers.list', (shifts[0] ?? 0) - 1)
  if (options === noBake) return { moments: all, seenUntil: lastLook }
  return {
    moments: all.filter((nth) => nth > (shifts[0] ?? 0) && isNear(nth)),
    seenUntil: shifts.at(-2) ?? 0,
  }
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

test('an approval accepts the change of the other tool, and only that one', async () => {
  const made = beside()
  made.calls.faults.push(({ name: call, nth }) => {
    if (call === 'aliases.update' && nth === 2) remember(made)
    return undefined
  })
  const paused = await failureOf(release(made, canary))
  expect(paused).toMatchObject({ code: 'PAUSED' })
  expect(paused.message).toContain(
    `something other than lambdactl changed ${name} since version 3 was published: memory 512 MB → 1024 MB`,
  )
  expect(aliasOf(made)).toMatchObject({ version: '2', weight: { version: '3', percent: 50 } })
  await steerRelease(made.run, target, { verb: 'approve' })
  made.calls.faults.push(({ name: call, nth }) => {
    if (call === 'aliases.update' && nth === 5) made.functions.updateByHand(name, { timeoutSeconds: 60 })
    return undefined
  })
  const again = await failureOf(resume(made.run, target, { watch: true }))
  expect(again.message).toContain('memory 512 MB → 1024 MB; timeout')
  expect(aliasOf(made)).toMatchObject({ version: '3' })
  await steerRelease(made.run, target, { verb: 'approve' })
  expect(await resume(made.run, target, { watch: true })).toMatchObject({ outcome: 'released', version: '3' })
})

test('variables that can not be read are warned of, and make no deploy differ; a strict release is refused', async () => {
  const made = beside()
  for (const [key, state] of made.functions.state) {
    made.functions.state.set(key, {
      ...state,
      settings: { ...state.settings, environment: {} },
      hiddenVariables: 'no access to the key',
    })
  }
  const refused = await failureOf(release(made, { ...noBake, refusesConfigChange: true }))
  expect(refused).toMatchObject({ code: 'PREFLIGHT_FAILED' })
  expect(refused.message).toContain("the environment variables can't be read")
  expect(await release(made, noBake)).toMatchObject({ outcome: 'released', version: '3' })
  expect(JSON.stringify(made.events)).toContain('does not know whether this release ships a change of them')
  expect(await release(made, noBake)).toMatchObject({ outcome: 'unchanged' })
})
