import type { KeptRule } from '../storage/lifecycle.ts'

/** The objects that a rule takes. */
export interface RuleFilter {
  prefix: string
  /** By key. */
  tags: ReadonlyMap<string, string>
  /** Bytes; undefined: any size. */
  above: number | undefined
  below: number | undefined
}

/** An object as filters see it; a delete marker has no size and no tags. */
export interface Filtered {
  key: string
  size: number
  tags: Readonly<Record<string, string>>
}

/** The filter of a rule, in its present form or as the earlier prefix of the rule itself. */
export function filterOf({ Filter, Prefix }: KeptRule): RuleFilter {
  const { Tag, And } = Filter ?? {}
  const tags = [...(Tag ? [Tag] : []), ...(And?.Tags ?? [])]
  return {
    prefix: And?.Prefix ?? Filter?.Prefix ?? Prefix ?? '',
    tags: new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    above: And?.ObjectSizeGreaterThan ?? Filter?.ObjectSizeGreaterThan,
    below: And?.ObjectSizeLessThan ?? Filter?.ObjectSizeLessThan,
  }
}

export function fits(
  { prefix, tags, above, below }: RuleFilter,
  { key, size, tags: own }: Filtered,
): boolean {
  if (!key.startsWith(prefix)) return false
  if (above !== undefined && size <= above) return false
  if (below !== undefined && size >= below) return false
  return [...tags].every(([name, value]) => Object.hasOwn(own, name) && own[name] === value)
}

/** As S3 names a filter in its errors. */
export function filterText({ prefix }: Pick<RuleFilter, 'prefix'>): string {
  return `'(prefix=${prefix})'`
}
