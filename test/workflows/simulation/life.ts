import { schedule } from '../../../src/release/plan/plan.ts'
import { movedSince } from '../../../src/release/values/moved.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import { inProgress, parseRecord, waitsForPerson } from '../../../src/release/values/record.ts'
import { start } from '../world.ts'
import { described, planActs } from './acts.ts'
import { planAsks } from './asks.ts'
import { alive, type Life, planned, startFirst, startResume, startVerb } from './cast.ts'
import { cloud } from './cloud.ts'
import { type Dice, dice } from './dice.ts'
import { randomTool } from './other-tool.ts'
import { die, type Process } from './process.ts'
import { randomAlias, randomPlan, randomScript } from './scenario.ts'
import { type Timeline, timeline } from './timeline.ts'
import { isReady, randomWarmth, wrongsOfWarmth } from './warmth.ts'
import { watch } from './watch.ts'
import { randomWeather } from './weather.ts'

/** How a life went. */
export interface Lived {
  /** The wrongs of the life; empty when there were none. */
  wrongs: string[]
  /** How the first process ended: a code, `released`, `waiting` or `died`. */
  outcome: string
  /** How the alias stood at the end: a phase, `moved` or `none`. */
  standing: string
  /** An alarm fired that its release had gone past. */
  excused: boolean
  /** Another tool makes the function. */
  beside: boolean
}

/**
 * Lives one life of an alias and its releases, all of it decided by a seed.
 *
 * @param listen is told the story, a line at a time
 * @param chance decides in place of the seed's own dice
 */
export async function live(
  seed: number,
  listen?: (line: string) => void,
  chance: Dice = dice(seed),
): Promise<Lived> {
  const life = newLife(seed, chance, listen)
  try {
    await life.time.live(wholeLife(life))
  } catch (error) {
    life.watch.wrongs.push(error instanceof Error ? error.message : String(error))
  }
  const alias = life.cloud.alias()
  return {
    wrongs: life.watch.wrongs,
    outcome: life.outcomes.get('A') ?? 'died',
    standing: standingOf(life, alias),
    beside: life.tool !== undefined,
    excused: life.processes.some(({ excused }) => excused),
  }
}

function newLife(seed: number, chance: Dice, listen: ((line: string) => void) | undefined): Life {
  const time = timeline(start)
  const alias = randomAlias(chance)
  const first = alias && { ...alias, revisionId: '' }
  const warmth = randomWarmth(seed, first)
  const bare = { ...randomPlan(chance, 'aaa', '10', first), ...warmth.planned }
  const lengthMs = schedule(bare).reduce((sum, { holdMs }) => sum + holdMs, 0) + 5000
  const scripts = { errors: randomScript(chance, lengthMs), latency: randomScript(chance, lengthMs) }
  const plans: Life['plans'] = new Map()
  const weather = randomWeather(chance, start, lengthMs)
  const aws = cloud(time, alias, scripts, chance.pick([0, 50, 5000]))
  warmth.begin(aws.provisioned)
  const isWarm = (version: string) => isReady(aws.provisioned, version)
  const watching = watch(plans, time.now, aws, isWarm)
  const say = (who: string, text: () => string) => {
    if (listen) listen(`${((time.now() - start) / 1000).toFixed(3).padStart(9)} s  ${who}  ${text()}`)
  }
  const tool = randomTool(seed, {
    cloud: aws,
    now: time.now,
    say: (text) => say('-', text),
    onAlias: () => watching.movedTo(aws.alias()),
  })
  const life: Life = {
    dice: chance,
    time,
    weather,
    cloud: aws,
    tool,
    strange: (call) => watching.wrongs.push(`somebody called ${call}`),
    plans,
    begunAt: new Map(),
    watch: watching,
    processes: [],
    outcomes: new Map(),
    nextVersion: 11,
    nextDue: 0,
    tell: (process, text) => say(process.name, text),
    wrote(process, before, after) {
      say(process.name, () => `ALIAS ${described(after)}`)
      watching.wrote(process, before, after)
    },
  }
  const plan = planned(life, bare)
  say('-', () => `plan ${JSON.stringify(plan)}`)
  say('-', () => `alarms ${JSON.stringify(scripts)}`)
  say('-', () => `weather ${JSON.stringify(life.weather)}`)
  planActs(life, lengthMs, (text) => say('-', text))
  planAsks(life, seed, lengthMs)
  return life
}

/** The first process, whoever carries on where it left, and the calm after it, in which all must come to an end. */
async function wholeLife(life: Life): Promise<void> {
  await startFirst(life)
  const carrying = life.dice.pick(['once', 'ticks', 'never'] as const)
  const most = { once: 1, ticks: 20, never: 0 }[carrying]
  for (let nth = 1; nth <= most && !isOver(life); nth += 1) {
    await pass(life.time, life.dice.between(0, 20_000))
    await Promise.race([startResume(life, carrying === 'once'), pass(life.time, 300_000)])
  }
  await pass(life.time, life.weather.clearsAt - life.time.now())
  if (carrying === 'never') return
  await calm(life)
}

function pass({ after }: Timeline, ms: number): Promise<void> {
  return new Promise((resolve) => {
    after(ms, resolve)
  })
}

function isOver({ cloud: aws }: Life): boolean {
  const record = parseRecord(aws.alias()?.description ?? '')
  return !inProgress(record) || (record !== undefined && waitsForPerson(record))
}

/** More than any plan has shifts, each extended once. */
const mostTicks = 40

/** AWS answers and tells the time, and something ticks: the release comes to its end. */
async function calm(life: Life): Promise<void> {
  await endOthers(life)
  for (let nth = 1; nth <= mostTicks; nth += 1) {
    const ticked = idOn(life)
    const outcome = await startResume(life, false)
    // Somebody else took it over while a hook of this tick ran: theirs has to end as well.
    if (idOn(life) !== ticked) await endOthers(life)
    else if (outcome !== 'waiting') return judgeEnd(life, outcome)
    await pass(life.time, life.nextDue - life.time.now())
  }
  life.watch.wrongs.push(`the release did not end within ${mostTicks} ticks`)
}

/** The release that is on record. */
function idOn({ cloud: aws }: Life): string | undefined {
  return parseRecord(aws.alias()?.description ?? '')?.id
}

/** Those that still work are given a while, then they are shut down. */
async function endOthers(life: Life): Promise<void> {
  const working = alive(life)
  for (const process of working) process.isDeaf = false
  if (working.length === 0) return
  await Promise.race([Promise.all(working.map(({ over }) => over.promise)), pass(life.time, 300_000)])
  for (const process of alive(life)) die(life, process, 'it is shut down')
}

async function judgeEnd(life: Life, outcome: string): Promise<void> {
  const { cloud: aws, watch: seen } = life
  if (outcome === 'NOT_FOUND' && aws.alias() && parseRecord(aws.alias()?.description ?? '')) {
    life.tell(life.processes.at(-1) as Process, () => 'whose plan is lost, is taken back by a person')
    await startVerb(life, 'rollback')
  }
  if (['NOT_FOUND', 'ROLLBACK_FAILED'].includes(outcome)) await keepWithoutWayBack(life)
  const alias = aws.alias()
  const record = parseRecord(alias?.description ?? '')
  if (!alias || !record || seen.foreign) return
  const isPaused = waitsForPerson(record) && record.reason !== undefined
  if (inProgress(record) && !isPaused)
    seen.wrongs.push(`${outcome}, but the release is still ${record.phase}`)
  if (movedSince(alias, record))
    seen.wrongs.push(`the alias is not where its record says: ${described(alias)}`)
  seen.wrongs.push(...wrongsOfWarmth(aws.provisioned, record, life.plans.get(record.id)))
}

/** If no version is left to go back to, a person ends the release where it is, as the error says. */
async function keepWithoutWayBack(life: Life): Promise<void> {
  const { cloud: aws, watch: seen } = life
  const alias = aws.alias()
  const record = parseRecord(alias?.description ?? '')
  if (!alias || !record || !inProgress(record) || seen.foreign) return
  if (!record.held.every((version) => aws.missing.has(version))) return
  life.tell(life.processes.at(-1) as Process, () => 'whose way back is deleted, is ended by a person')
  await startVerb(life, 'rollback', alias.version)
}

function standingOf({ watch: seen }: Life, alias: AliasState | undefined): string {
  if (seen.foreign) return 'moved'
  return parseRecord(alias?.description ?? '')?.phase ?? 'none'
}
