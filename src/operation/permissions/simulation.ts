import type { PolicyPlace } from './facts.ts'
import { grants, leastPolicy, type Wanted } from './policy.ts'
import { verbs as allVerbs, type Verb } from './verbs.ts'

/** Permissions to ask for together: each action on each resource. */
export interface Question {
  actions: readonly string[]
  resources: readonly string[]
  /** Facts of the requests, by the keys of conditions. */
  facts: Readonly<Record<string, string>>
}

/** The answer about one action on one resource. */
export interface Answer {
  action: string
  resource: string
  isAllowed: boolean
  /** The keys of conditions that the facts lack. */
  lacking: readonly string[]
}

/** Commands that lack the same permissions. */
interface Refusal {
  verbs: Verb[]
  /** As in `lambda:UpdateAlias`; with the resources if only some of them are refused. */
  actions: string[]
}

interface Simulated {
  refusals: Refusal[]
  /** Permissions that hang on conditions which the simulation could not know, by the keys of those. */
  conditional: { keys: string[]; actions: string[] }
  /** Whether any call that changes something is allowed. */
  mayChange: boolean
}

/** The most resources of one question: the body of a request has its limit. */
const mostResources = 50

/** The questions whose answers tell which commands a caller may run. */
export function questionsOf(wanted: Wanted): Question[] {
  return leastPolicy(wanted).Statement.flatMap(({ Action: actions, Resource, Condition = {} }) => {
    const facts = {
      ...commonFacts(wanted.place),
      ...Object.fromEntries(Object.values(Condition).flatMap(Object.entries<string>)),
    }
    return chunks(Resource.map(askedArn)).map((resources) => ({ actions, resources, facts }))
  })
}

/** Facts of all requests, which policies of organizations often ask for. */
function commonFacts({ region }: PolicyPlace): Question['facts'] {
  return { 'aws:RequestedRegion': region, 'aws:SecureTransport': 'true' }
}

/** A policy may name all streams of a log group in either of two ways; this ARN is matched by both. */
function askedArn(arn: string): string {
  return arn.replace(/^(arn:[^:]+:logs:[^:]*:[^:]*:log-group:[^:*]+):\*$/, '$1:log-stream:*')
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / mostResources)
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * mostResources, (index + 1) * mostResources),
  )
}

/** The commands that would fail, by the answers to the questions. */
export function simulatedBy(wanted: Wanted, answers: readonly Answer[]): Simulated {
  const known = new Map(answers.map((answer) => [`${answer.action} ${answer.resource}`, answer]))
  const asked = grants(wanted).map(({ action, arn, verbs }) => ({
    action,
    arn,
    verbs,
    answer: known.get(`${action} ${askedArn(arn)}`) ?? known.get(`${action} *`),
  }))
  const refused = asked.filter(({ answer }) => answer?.isAllowed === false)
  const [conditional, denied] = halves(refused, ({ answer }) => (answer?.lacking.length ?? 0) > 0)
  return {
    refusals: refusalsOf(asked, denied),
    conditional: {
      keys: [...new Set(conditional.flatMap(({ answer }) => answer?.lacking ?? []))],
      actions: [...new Set(conditional.map(({ action }) => action))],
    },
    mayChange: asked.some(({ action, answer }) => answer?.isAllowed === true && isChange(action)),
  }
}

interface Asked {
  action: string
  arn: string
  verbs: readonly Verb[]
}

function refusalsOf(asked: readonly Asked[], denied: readonly Asked[]): Refusal[] {
  const missing = allVerbs.flatMap((verb) => {
    const actions = refusedOf(verb, asked, denied)
    return actions.length === 0 ? [] : [{ verb, actions }]
  })
  const alike = Map.groupBy(missing, ({ actions }) => actions.join(' '))
  return Array.from(alike.values(), (group) => ({
    verbs: group.map(({ verb }) => verb),
    actions: group[0]?.actions ?? [],
  }))
}

/** The refused actions of a command, with the resources of those that are allowed on others. */
function refusedOf(verb: Verb, asked: readonly Asked[], denied: readonly Asked[]): string[] {
  const byAction = Map.groupBy(denied.filter(isOf(verb)), ({ action }) => action)
  return Array.from(byAction, ([action, each]) => {
    const refused = new Set(each.map(({ arn }) => arn))
    const all = new Set(asked.filter(isOf(verb)).flatMap((one) => (one.action === action ? [one.arn] : [])))
    return refused.size === all.size ? action : `${action} on ${[...refused].join(', ')}`
  })
}

function isOf(verb: Verb): (asked: Asked) => boolean {
  return ({ verbs }) => verbs.includes(verb)
}

function isChange(action: string): boolean {
  return !/:(?:Get|List|Describe|Filter|StartQuery|StopQuery|StartLiveTail|Decrypt)/.test(action)
}

function halves<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))]
}
