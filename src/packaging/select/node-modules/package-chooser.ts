import { isInRuntime } from '../../model/runtime-sdk.ts'
import type { PackageSource } from '../../model/types.ts'
import { extentIn, namedPackages } from '../include-files.ts'
import type { ChoosePackages } from '../select-files.ts'
import type { NamedPackage } from '../wanted-packages.ts'
import { choosePackages } from './choose-packages.ts'

/**
 * Chooses the packages of a Node function by its settings; undefined for other runtimes.
 *
 * @param external packages that its bundle does not contain and that go in
 */
export function packageChooser(
  { source, runtime, include, bundle, layers = [], architecture }: PackageSource,
  external: readonly NamedPackage[] = [],
): ChoosePackages | undefined {
  if (!runtime.startsWith('nodejs')) return undefined
  const extent = extentIn(bundle === false ? include : (include ?? []))
  return (own, root, { excludes, wants }) =>
    choosePackages(own, {
      source: root,
      architecture,
      extent: (path) =>
        excludes(`${path}/`, path.slice(path.lastIndexOf('/') + 1)) ? undefined : extent(path),
      isSelective: include !== undefined || bundle !== false,
      named: [...namedPackages(include).map((name) => ({ name, from: [source] })), ...external],
      // A layer may have them.
      takesDeclared: (name) => bundle === false && layers.length === 0 && !isInRuntime(runtime, name),
      wants,
    })
}
