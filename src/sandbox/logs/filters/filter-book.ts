import { KeptMap } from '../../state/kept-map.ts'
import type { Persistent } from '../../state/persistent.ts'
import type { Group } from '../stored-group.ts'

/** A filter of a group, by its name. */
export interface NamedFilter {
  region: string
  groupName: string
  name: string
}

/** The filters of one kind, of all groups. */
export interface FilterBook<Filter extends NamedFilter> {
  /** In the order of their names. */
  of(group: Pick<Group, 'region' | 'name'>): Filter[]
  inRegion(region: string): Filter[]
  put(filter: Filter): void
  /** @returns whether there was such a filter */
  remove(filter: NamedFilter): boolean
  /** Removes the filters of a deleted group. */
  removeGroup(group: Group): void
  readonly persistent: Persistent
}

export function createFilterBook<Filter extends NamedFilter>(kind: string): FilterBook<Filter> {
  const filters = new KeptMap<Filter>(kind)
  const book: FilterBook<Filter> = {
    of: ({ region, name }) => book.inRegion(region).filter(({ groupName }) => groupName === name),
    inRegion: (region) =>
      [...filters.values()]
        .filter((filter) => filter.region === region)
        .toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    put: (filter) => filters.set(keyOf(filter), filter),
    remove: (filter) => filters.delete(keyOf(filter)),
    removeGroup(group) {
      for (const filter of book.of(group)) filters.delete(keyOf(filter))
    },
    persistent: filters,
  }
  return book
}

/** The separator is a line break, which no part has. */
function keyOf({ region, groupName, name }: NamedFilter): string {
  return `${region}\n${groupName}\n${name}`
}
