import { isCode } from '../../../errors/error.ts'
import type { Notice } from '../notice.ts'
import { isCurable, type Tailing } from '../patient-pages.ts'
import type { Source } from '../wanted-functions.ts'
import type { Versions } from '../wanted-versions.ts'

/** Looks once whether any function has the version that is wanted. */
export function tellUnknownVersion(
  { aws, config }: Pick<Tailing, 'aws' | 'config'>,
  versions: Versions | undefined,
  tell: (notice: Notice) => void,
): (functions: readonly Source[]) => Promise<void> {
  let isDue = versions !== undefined && 'version' in versions && versions.version !== '$LATEST'
  return async (functions) => {
    if (!isDue || functions.length === 0 || versions === undefined || !('version' in versions)) return
    const { version } = versions
    try {
      const found = await Promise.all(
        functions.map(({ lambdaName }) => aws.functions.get(lambdaName, version)),
      )
      isDue = false
      if (found.some((state) => state !== undefined)) return
    } catch (error) {
      // Without the permission nobody can tell, and the lines may be read even so.
      if (isCode(error, 'NOT_PERMITTED')) isDue = false
      else if (!isCurable(error)) throw error
      return
    }
    const next = config.status === undefined ? [] : [`See the versions: ${config.status}`]
    tell({ notice: 'unknown-version', version, functions: functions.map(({ name }) => name), next })
  }
}
