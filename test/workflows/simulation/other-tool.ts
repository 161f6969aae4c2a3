import type { FunctionSettings } from '../../../src/function/settings/settings.ts'
import type { FunctionState } from '../../../src/ports/functions.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import type { AliasState, Trigger } from '../../../src/release/values/observed.ts'
import { fingerprintOf } from '../../../src/workflows/settings/fingerprint.ts'
import { readyFunction } from '../fake-functions.ts'
import { target } from '../world.ts'
import type { Cloud } from './cloud.ts'
import { type Dice, dice } from './dice.ts'

/** The tool that makes the function of a life. What is not code, only the tool changes: any other such call is a wrong. */
export interface OtherTool {
  /** Comes before each call of a process: the tool acts where its turn has come. */
  meanwhile(): void
  /** $LATEST or a version; undefined if it does not exist. */
  state(version: string | undefined): FunctionState | undefined
  triggers(): Trigger[]
  /** The state that a release which is planned now is begun on. */
  beside(): NonNullable<Plan['beside']>
}

/** The surroundings of an act of the tool. */
interface Made {
  cloud: Cloud
  chance: Dice
  now: () => number
  say: (text: () => string) => void
  /** Somebody else than lambdactl changed the alias. */
  onAlias: () => void
}

/** $LATEST with the triggers of the function. */
interface Own {
  settings: FunctionSettings
  code: string
  triggers: Trigger[]
  /** Until when an update is in progress: true time. */
  busyUntil: number
  exists: boolean
  /** The candidate of the last release that was planned. */
  published: Pick<FunctionState, 'settings' | 'codeSha256'>
}

const first = { description: 'orders (queue)', kind: 'mapping', uuid: 'q', qualifier: target.alias } as const

/** In one life of four the function is another tool's, which acts before one to three calls; with a dice of its own. */
export function randomTool(seed: number, made: Omit<Made, 'chance'>): OtherTool | undefined {
  const chance = dice(seed ^ 0x7f4a7c15)
  if (!chance.chance(1 / 4)) return undefined
  const { settings } = readyFunction(target.lambdaName)
  const code = 'code 0'
  const published = { settings, codeSha256: code }
  const own: Own = { settings, code, triggers: [first], busyUntil: 0, exists: true, published }
  const turns = Array.from({ length: chance.between(1, 3) }, () =>
    chance.between(1, chance.pick([12, 40, 120])),
  )
  let calls = 0
  return {
    meanwhile() {
      calls += 1
      for (const turn of turns) if (turn === calls) act({ ...made, chance }, own)
    },
    state: (version) => stateOf(own, version, made),
    triggers: () => own.triggers,
    beside() {
      own.published = { settings: own.settings, codeSha256: own.code }
      return {
        code: own.code,
        configuration: fingerprintOf(own.settings),
        bypasses: own.triggers.filter(({ qualifier }) => !qualifier).map(({ description }) => description),
        through: own.triggers.filter(({ qualifier }) => qualifier).map(({ description }) => description),
      }
    },
  }
}

function stateOf(own: Own, version: string | undefined, { cloud, now }: Omit<Made, 'chance'>) {
  if (!own.exists || (version !== undefined && cloud.missing.has(version))) return undefined
  const found = readyFunction(target.lambdaName)
  if (version !== undefined) return { ...found, ...own.published, version }
  const status = now() < own.busyUntil ? ('changing' as const) : found.status
  return { ...found, settings: own.settings, codeSha256: own.code, status }
}

/** Acts once, at random. */
function act(made: Made, own: Own): void {
  const { chance, say } = made
  const [what, change] = chance.pick(acts)
  say(() => `the other tool ${what}`)
  change(made, own)
}

const bare = { weight: undefined } as object

const acts: readonly (readonly [string, (made: Made, own: Own) => void])[] = [
  ['sets memory', reconfigure],
  ['sets memory', reconfigure],
  ['takes its settings back', ({ now }, own) => begin(own, now, readyFunction(target.lambdaName).settings)],
  [
    'uploads code',
    ({ chance, now }, own) => {
      own.code = `code ${chance.between(1, 9)}`
      begin(own, now, own.settings)
    },
  ],
  ['moves the alias back', (made) => move(made, { version: versionBefore(made), ...bare })],
  ['moves the alias back', (made) => move(made, { version: versionBefore(made), ...bare, description: '' })],
  ['publishes, and moves the alias on', (made) => move(made, { version: '99', ...bare, description: '' })],
  ['replaces the Description', (made) => move(made, { description: made.chance.pick(['', 'by terraform']) })],
  ['deletes versions', deleteVersions],
  ['replaces the function', replace],
  [
    'adds a trigger of $LATEST',
    (_, own) => {
      own.triggers = [...own.triggers, { ...first, description: 'mails (queue)', qualifier: undefined }]
    },
  ],
  [
    'moves the trigger to $LATEST',
    (_, own) => {
      own.triggers = [{ ...first, qualifier: undefined }]
    },
  ],
  // AWS lists the triggers of the function itself and of the alias, and no other one.
  [
    'moves the trigger to a version',
    (_, own) => {
      own.triggers = own.triggers.filter(({ qualifier }) => !qualifier)
    },
  ],
]

function reconfigure({ chance, now }: Made, own: Own): void {
  begin(own, now, { ...own.settings, memoryMb: chance.pick([256, 512, 1024]) })
}

/** An update that takes a while. */
function begin(own: Own, now: () => number, settings: FunctionSettings): void {
  own.settings = settings
  own.busyUntil = now() + 3000
}

function move({ cloud, onAlias }: Made, change: Partial<AliasState>): void {
  if (cloud.byHand(change)) onAlias()
}

/** The version that the tool's own state has. */
function versionBefore({ cloud, chance }: Made): string {
  return chance.pick([cloud.alias()?.version ?? '9', '9', '7'])
}

/** AWS keeps a version that an alias refers to. */
function deleteVersions({ cloud, chance }: Made): void {
  const alias = cloud.alias()
  for (const version of ['6', '7', '9', '10', '11']) {
    const isReferred = alias?.version === version || alias?.weight?.version === version
    if (!isReferred && chance.chance(0.6)) cloud.missing.add(version)
  }
}

/** The new function has no version and no alias. */
function replace({ cloud, chance, onAlias }: Made, own: Own): void {
  if (cloud.byHand('delete')) onAlias()
  for (let version = 1; version < 20; version += 1) cloud.missing.add(String(version))
  cloud.missing.add('99')
  own.code = 'code of another function'
  own.exists = chance.chance(0.8)
}
