import type { Page } from '../protocol/paging.ts'
import type { KeptMap } from '../state/kept-map.ts'
import { page } from './page.ts'
import type { Named, Scalings, Target } from './records.ts'

/** A record of a target under a name of its own: a policy or a scheduled action. */
interface Belonging {
  target: string
  name: string
}

/** The members of a request that select records. One that is left out, besides the service, excludes none. */
interface Asked extends Named {
  names: readonly string[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

/**
 * A page of the policies or scheduled actions that a request asks for, each with its target.
 *
 * @param usual the size of a page that AWS chooses, and its most
 */
export function described<Item extends Belonging>(
  { targets }: Scalings,
  records: KeptMap<Item>,
  { region, asked, usual }: { region: string; asked: Asked; usual: number },
): Page<{ item: Item; target: Target }> {
  const found = [...records.values()].flatMap((item) => {
    const target = targets.get(item.target)
    const isWanted =
      asked.ServiceNamespace === 'lambda' &&
      target?.region === region &&
      (asked.ResourceId === undefined || asked.ResourceId === target.resource) &&
      (asked.names?.includes(item.name) ?? true)
    return target && isWanted ? [{ item, target }] : []
  })
  return page(found, ({ item }) => `${item.target} ${item.name}`, asked, usual)
}
