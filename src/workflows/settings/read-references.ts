import type { ReferencedValues, References } from '../../config/values/references.ts'
import { commitOf } from '../../packaging/tools/commit.ts'
import type { Aws } from '../../ports/aws.ts'
import type { Parameter } from '../../ports/parameters.ts'

/**
 * Reads the values outside `lambdactl.yaml` that functions refer to: the parameters in batches, each secret once.
 *
 * @param directory the folder whose commit `${git.sha}` is, forty hex digits; changes that are not committed don't
 * count
 * @throws LambdactlError NOT_PERMITTED and the like; what does not exist is only left out
 */
export async function readOutside(
  { parameters: store }: Pick<Aws, 'parameters'>,
  directory: string,
  { commit, parameters, secrets }: References,
): Promise<ReferencedValues> {
  const [found, texts, head] = await Promise.all([
    parameters.length > 0 ? store.parameters(parameters) : new Map<string, Parameter>(),
    Promise.all(secrets.map(async (id) => [id, await store.secret(id)] as const)),
    commit ? commitOf(directory) : undefined,
  ])
  const present = texts.filter((entry): entry is readonly [string, string] => entry[1] !== undefined)
  const read = [...found]
  return {
    commit: head?.commit?.slice(0, 40),
    ...(head?.lacking && { noCommit: head.lacking }),
    parameters: new Map(read.map(([name, { value }]) => [name, value])),
    secrets: new Map(present),
    secure: new Set(read.flatMap(([name, { isSecure }]) => (isSecure ? [name] : []))),
  }
}
