import type { CallerUrl, Grant, Mapping } from '../../function/attachments/callers.ts'
import { grantWords, mappingWords, urlWords } from './source-words.ts'

/** The way of a trigger's events: through the alias, past it, or to another alias, which somebody chose. */
export type Way = 'alias' | 'past' | 'other'

/** Something that invokes a function, as `triggers list` tells it. Texts of others are as they were read. */
export interface ListedTrigger {
  kind: 'mapping' | 'permission' | 'url'
  /** As in `SQS queue orders`, `S3 bucket photos`, `URL https://…`. */
  source: string
  /** The alias or version that it invokes; null for the function itself, which means $LATEST. */
  qualifier: string | null
  way: Way
  /** The id of an event source mapping. */
  uuid?: string
  /** The source's ARN; that of a permission may have wildcards. */
  sourceArn?: string
  /** The id of the statement of a permission. */
  statement?: string
  /** True for a permission that the alias has too: the source's own target decides which one counts. */
  isAlsoOnAlias?: true
  /** The state of a mapping in Lambda's words. */
  state?: string
  /** The authorisation of a URL. */
  auth?: CallerUrl['auth']
  /** The result of a mapping's last batch, in Lambda's words. */
  lastResult?: string
  /** Messages that wait in the queue of a mapping, by SQS or else by CloudWatch; absent if neither tells. */
  waiting?: number
  /** Messages of the queue that are being worked on; absent if SQS does not tell. */
  inFlight?: number
  /** The age of the last record that a batch of the qualifier's streams had, in milliseconds; absent likewise. */
  iteratorAgeMs?: number
}

/** All that invokes a function, as it was read. */
export interface Callers {
  mappings: readonly Mapping[]
  grants: readonly Grant[]
  urls: readonly CallerUrl[]
}

/** The triggers of a function in words, those past the alias first. */
export function listTriggersOf({ mappings, grants, urls }: Callers, alias: string): ListedTrigger[] {
  const onAlias = grants.filter(({ qualifier }) => qualifier === alias)
  const all: ListedTrigger[] = [
    ...mappings.map((mapping) => ({
      kind: 'mapping' as const,
      source: mappingWords(mapping),
      ...reach(mapping.qualifier, alias),
      uuid: mapping.uuid,
      ...(mapping.source !== undefined && { sourceArn: mapping.source }),
      state: mapping.state,
      ...(mapping.lastResult !== undefined && { lastResult: mapping.lastResult }),
    })),
    ...grants.map((grant) => ({
      kind: 'permission' as const,
      source: grantWords(grant),
      ...reach(grant.qualifier, alias),
      ...(grant.statement !== undefined && { statement: grant.statement }),
      ...(grant.sourceArn !== undefined && { sourceArn: grant.sourceArn }),
      ...(grant.qualifier !== alias &&
        onAlias.some((other) => isSameGrant(grant, other)) && { isAlsoOnAlias: true as const }),
    })),
    ...urls.map((url) => ({
      kind: 'url' as const,
      source: urlWords(url),
      ...reach(url.qualifier, alias),
      auth: url.auth,
    })),
  ]
  return all.toSorted((one, other) => rank[one.way] - rank[other.way])
}

const rank: Record<Way, number> = { past: 0, alias: 1, other: 2 }

function reach(qualifier: string | undefined, alias: string): Pick<ListedTrigger, 'qualifier' | 'way'> {
  return { qualifier: qualifier ?? null, way: wayOf(qualifier, alias) }
}

/** The function itself and a version are never a release's; another alias has releases of its own. */
export function wayOf(qualifier: string | undefined, alias: string): Way {
  if (qualifier === alias) return 'alias'
  return qualifier === undefined || /^\d+$/.test(qualifier) ? 'past' : 'other'
}

/** Whether two permissions let in the same callers; one with further conditions lets in fewer. */
export function isSameGrant(one: Grant, other: Grant): boolean {
  return (
    one.principal === other.principal &&
    one.sourceArn === other.sourceArn &&
    one.sourceAccount === other.sourceAccount &&
    one.isOfUrl === other.isOfUrl &&
    one.isPlain === other.isPlain
  )
}
