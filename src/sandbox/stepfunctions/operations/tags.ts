import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-sfn'
import type { Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { Machine, StatesContext } from '../records.ts'

export function tagOperations({ machines }: StatesContext): Operations {
  const change = (arn: string | undefined, tags: (old: Machine['tags']) => Machine['tags']) => {
    const machine = machines.get(arn ?? '')
    if (!machine) throw new ServiceError('ResourceNotFound', 400, `Resource not found: '${arn}'`)
    machines.set(machine.arn, { ...machine, tags: tags(machine.tags) })
    return {}
  }
  return {
    TagResource: ({ resourceArn, tags }: TagResourceInput) =>
      change(resourceArn, (old) => ({ ...old, ...tagsOf(tags) })),
    UntagResource: ({ resourceArn, tagKeys = [] }: UntagResourceInput) =>
      change(resourceArn, (old) =>
        Object.fromEntries(Object.entries(old).filter(([key]) => !tagKeys.includes(key))),
      ),
    ListTagsForResource: ({ resourceArn }: ListTagsForResourceInput): ListTagsForResourceOutput => {
      const machine = machines.get(resourceArn ?? '')
      if (!machine) throw new ServiceError('ResourceNotFound', 400, `Resource not found: '${resourceArn}'`)
      return { tags: Object.entries(machine.tags).map(([key, value]) => ({ key, value })) }
    },
  }
}

/** Tags by their keys. */
export function tagsOf(tags: readonly Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]))
}
