import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { FoundSource } from '../found-function.ts'
import { textOf } from '../json.ts'
import type { Resource } from './resources.ts'

/** The code that Terraform gives a function. */
export interface GivenCode {
  source: FoundSource
  /** Its name for a person. */
  shownAs: string
  /** Whether it is a folder that Terraform packs. */
  isPacked: boolean
  /** Whether Lambda has this code: a placeholder is Terraform's too, and other code was released over it. */
  isInLambda: boolean
}

/** The archives that Terraform packs, by the path of their zip. */
export type Archives = ReadonlyMap<unknown, Resource>

export function archivesAmong(all: readonly Resource[]): Archives {
  const archives = all.filter(({ type }) => type === 'archive_file')
  // The first one of a path counts.
  return new Map(archives.toReversed().map((each) => [each.values['output_path'], each]))
}

/**
 * Returns the code that Terraform gives a function; undefined for an image, and for a file that is not there.
 *
 * @param folder paths are relative to it
 */
export function codeOf(fn: Resource, archives: Archives, folder: string): GivenCode | undefined {
  const { source_code_hash: given, code_sha256: deployed } = fn.values
  const code = inS3(fn) ?? onDisk(fn, archives, folder)
  return code && { ...code, isInLambda: textOf(given) !== undefined && given !== '' && given === deployed }
}

type Code = Omit<GivenCode, 'isInLambda'>

function inS3({ values }: Resource): Code | undefined {
  const [bucket, key, version] = ['s3_bucket', 's3_key', 's3_object_version'].map((name) =>
    textOf(values[name]),
  )
  if (!bucket || !key) return undefined
  const address = `s3://${bucket}/${key}${version ? `?versionId=${version}` : ''}`
  return { source: { address }, shownAs: address, isPacked: false }
}

/** The folder that Terraform packs as a whole, or the ready zip. */
function onDisk({ values }: Resource, archives: Archives, folder: string): Code | undefined {
  const zip = textOf(values['filename'])
  if (!zip) return undefined
  const archive = archives.get(zip)
  const { source_dir: folderOf, excludes } = archive?.values ?? {}
  const packed = Array.isArray(excludes) && excludes.length > 0 ? undefined : textOf(folderOf)
  const shownAs = packed ?? zip
  const path = resolve(folder, shownAs)
  return existsSync(path) ? { source: { path }, shownAs, isPacked: packed !== undefined } : undefined
}
