import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readJson } from '../cloudformation/read-template.ts'
import { mapOf, textOf, valueIn } from '../json.ts'

/** A stack of the output of `cdk synth`. */
export interface AssemblyStack {
  /** The stack's name in CloudFormation. */
  name: string
  /** Its path in the app, as in `Prod/Shop`; it is unique there, and names are not. */
  path: string
  account: string | undefined
  region: string | undefined
  /** The absolute path of the folder with its template. */
  directory: string
  /** Relative to the folder. */
  templateFile: string
  /** The absolute paths of the files and folders that it uploads, by their keys in the bucket. */
  assets: ReadonlyMap<string, string>
}

/** Tells whether a folder is the output of `cdk synth`. */
export async function isAssembly(folder: string): Promise<boolean> {
  return (await isFile(join(folder, 'manifest.json'))) && isFile(join(folder, 'cdk.out'))
}

/**
 * Lists the stacks of an output of `cdk synth`, those of its stages too.
 *
 * @param folder absolute
 * @param count called for each stage
 * @throws LambdactlError CONFIG_INVALID if a file of it can't be read
 */
export async function assemblyStacks(folder: string, count: () => void): Promise<AssemblyStack[]> {
  count()
  const { artifacts } = await readJson(join(folder, 'manifest.json'))
  const all = Object.entries(mapOf(artifacts))
  const assets = new Map<string, string>()
  for (const [, artifact] of all.filter(isOf('cdk:asset-manifest'))) {
    const file = textOf(valueIn(artifact, 'properties', 'file'))
    if (file !== undefined) await addAssets(assets, folder, file)
  }
  const own = all.filter(isOf('aws:cloudformation:stack')).flatMap((each) => stackOf(each, folder, assets))
  const stages = all.filter(isOf('cdk:cloud-assembly')).flatMap(([, stage]) => {
    const directory = textOf(valueIn(stage, 'properties', 'directoryName'))
    return directory === undefined ? [] : [assemblyStacks(join(folder, directory), count)]
  })
  return [...own, ...(await Promise.all(stages)).flat()]
}

function isOf(type: string): (entry: readonly [string, unknown]) => boolean {
  return ([, artifact]) => valueIn(artifact, 'type') === type
}

function stackOf(
  [id, artifact]: readonly [string, unknown],
  directory: string,
  assets: ReadonlyMap<string, string>,
): AssemblyStack[] {
  const { properties, environment, displayName } = mapOf(artifact)
  const templateFile = textOf(valueIn(properties, 'templateFile'))
  if (templateFile === undefined) return []
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(textOf(environment) ?? '') ?? []
  return [
    {
      name: textOf(valueIn(properties, 'stackName')) ?? id,
      path: textOf(displayName) ?? id,
      account: known(account),
      region: known(region),
      directory,
      templateFile,
      assets,
    },
  ]
}

/** A stack for any environment has `unknown-account` and `unknown-region`. */
function known(place: string | undefined): string | undefined {
  return place?.startsWith('unknown-') ? undefined : place
}

async function addAssets(assets: Map<string, string>, folder: string, file: string): Promise<void> {
  const { files } = await readJson(join(folder, file))
  for (const asset of Object.values(mapOf(files))) {
    const path = textOf(valueIn(asset, 'source', 'path'))
    if (path === undefined) continue
    for (const destination of Object.values(mapOf(valueIn(asset, 'destinations')))) {
      const key = textOf(valueIn(destination, 'objectKey'))
      if (key !== undefined) assets.set(key, resolve(folder, path))
    }
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
