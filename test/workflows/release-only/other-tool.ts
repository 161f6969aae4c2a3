import { afterAll, beforeAll } from 'vitest'
import type { ResolvedFunction } from '../../../src/config/types.ts'
import { LambdactlError } from '../../../src/errors/error.ts'
import { formatRecord, parseRecord } from '../../../src/release/values/record.ts'
import { releaseFunction } from '../../../src/workflows/release-function.ts'
import { withoutOthersCalls } from '../../../src/workflows/release-only/others-calls.ts'
import type { ReleaseOptions } from '../../../src/workflows/run/release-options.ts'
import { aliasOf } from '../canary.ts'
import { readyFunction } from '../fake-functions.ts'
import { canary, type Service, service } from '../service.ts'
import { target as plain, type World, world } from '../world.ts'

export const target = { ...plain, codeOnly: { provisions: false } }
export const name = target.lambdaName

let shop: Service
let released: World

/** Has a file's tests begin with a function that another tool made and lambdactl released twice. */
export function useOtherTool(): void {
  beforeAll(async () => {
    shop = await service()
    released = await twice()
  })
  afterAll(() => shop[Symbol.asyncDispose]())
}

/** Its settings are another tool's. */
const codeOnly = (): ResolvedFunction => ({
  ...shop.fn,
  manages: 'code',
  said: { runtime: undefined, handler: undefined, architecture: undefined, layers: undefined, bundle: false },
})

/** A function that another tool made, after two releases by lambdactl. */
async function twice(): Promise<World> {
  const made = guarded()
  made.triggers.push({ description: 'orders (queue)', kind: 'mapping', uuid: 'q', qualifier: 'live' })
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
export function guarded(): World {
  const made = world()
  made.run = { ...made.run, aws: withoutOthersCalls(made.run.aws, [target]) }
  made.alarms = { errors: [[0, 'OK']] }
  return made
}

/** The same world again, before its third release. */
export function beside(): World {
  const made = guarded()
  for (const [key, state] of released.functions.state) made.functions.state.set(key, { ...state })
  for (const [key, zip] of released.functions.zips) made.functions.zips.set(key, zip)
  made.aliases.byHand(name, aliasOf(released) ?? {})
  made.journal.push(...released.journal)
  made.triggers.push(...released.triggers)
  return made
}

export const release = (made: World, options: ReleaseOptions) =>
  releaseFunction(made.run, target, codeOnly(), options)

export const noBake: ReleaseOptions = { ...canary, strategy: 'all-at-once', steps: [], bakeMs: 0 }

/** An act of the other tool at one moment. */
export type Act = (made: World) => void

/** A version that the other tool publishes of its own code and settings. */
function published({ functions }: World): string {
  const version = '9'
  const latest = functions.state.get(name) ?? readyFunction(name)
  functions.state.set(`${name}:${version}`, { ...latest, version, status: 'ready' })
  return version
}

export const remember = (made: World) => made.functions.updateByHand(name, { memoryMb: 1024 })
const bare = { weight: undefined, description: '' } as object

/** Deletes the function with all that is below it, and makes it again: its version 1 has other code than $LATEST. */
export function makeAgain({ functions, aliases }: World): void {
  const latest = functions.state.get(name) ?? readyFunction(name)
  for (const key of functions.state.keys()) functions.state.delete(key)
  aliases.state.delete(name)
  functions.state.set(name, { ...latest, revisionId: 'made again' })
  functions.state.set(`${name}:1`, { ...latest, version: '1', codeSha256: 'its first' })
}

export const acts: Record<string, Act> = {
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
  'publishes, moves the alias and keeps its Description': (made) => {
    remember(made)
    made.aliases.byHand(name, { version: published(made), weight: undefined } as object)
  },
  'forges a Description that the release is done': ({ aliases }) => {
    const record = parseRecord(aliases.state.get(name)?.description ?? '')
    if (record) aliases.byHand(name, { description: formatRecord({ ...record, phase: 'done' }) })
  },
  "forges another release's Description": ({ aliases }) => {
    const record = parseRecord(aliases.state.get(name)?.description ?? '')
    if (record) aliases.byHand(name, { description: formatRecord({ ...record, id: 'forged00' }) })
  },
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
  'makes the function again, with the same $LATEST': (made) => makeAgain(made),
  'deletes the function': (made) => {
    for (const key of made.functions.state.keys()) made.functions.state.delete(key)
    made.aliases.state.delete(name)
  },
  'points a trigger at $LATEST': ({ triggers }) =>
    void triggers.push({ description: 'mails (queue)', kind: 'mapping', uuid: 'm', qualifier: undefined }),
  'points a trigger of the alias at $LATEST': ({ triggers }) =>
    void triggers.splice(0, 1, {
      description: 'orders (queue)',
      kind: 'mapping',
      uuid: 'q',
      qualifier: undefined,
    }),
  // AWS lists only the triggers of a function itself, or of one alias or version of it.
  'points a trigger of the alias at a version': ({ triggers }) => void triggers.splice(0, 1),
}

/** How a release ended, with the call before which the other tool acted. */
export interface Ended {
  nth: number
  code: string
  made: World
  acted: string
  /** Empty if it did not fail. */
  message: string
  /** The architecture that the other tool left; undefined if it left no function. */
  architecture: string | undefined
}

export async function releaseWith(options: ReleaseOptions, act: Act, nth: number): Promise<Ended> {
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
