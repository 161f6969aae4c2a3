import { join, posix, resolve } from 'node:path'
import type { FoundFunction } from '../../found-function.ts'
import { type Part, type Parts, partAt, textOf } from '../part.ts'
import { leave, notTaken, type Openness, openParts, type Taken } from '../take.ts'
import { takeEsbuild } from './esbuild.ts'

/** A function of a template, with everything that says what its code is. */
export interface Coded {
  readonly logicalId: string
  readonly properties: Parts
  readonly metadata: Part | undefined
  /** The absolute folder of the template. */
  readonly directory: string
  /** The template's name in it. */
  readonly template: string
}

/** The source of a function, its build, and the fields that say how lambdactl packages it. */
export interface FoundCode extends Taken, Pick<FoundFunction, 'source' | 'build'> {}

/** Finds the source of a function. */
export function codeOf(coded: Coded, openness: Openness): FoundCode {
  const { properties } = coded
  const [image, inline, uri] = ['ImageUri', 'InlineCode', 'CodeUri'].map((name) => properties.get(name))
  if (image) return imageOf(image, openness)
  if (partAt(coded.metadata, 'Dockerfile')) return builtImage(coded, openness)
  if (inline && !uri)
    return leftAs('InlineCode', inline, 'put the code into a file, and name its folder: source', openness)
  if (uri && openness.isOpen(uri)) return { fields: {}, left: openParts('CodeUri', uri, openness) }
  const address = uri && addressOf(uri)
  if (address !== undefined) return { source: { address }, fields: {}, left: [] }
  const folder = uri ? textOf(uri) : '.'
  if (folder === undefined) return { fields: {}, left: notTaken('CodeUri', uri as Part, openness) }
  return builtFrom(folder, coded, openness)
}

function leftAs(name: string, part: Part, why: string, openness: Openness): FoundCode {
  return { fields: {}, left: [leave(name, part, why, openness)] }
}

/** An image by its digest is the same tomorrow. */
function imageOf(image: Part, openness: Openness): FoundCode {
  const uri = textOf(image)
  if (uri?.includes('@sha256:')) return { fields: { image: { uri } }, left: [] }
  if (openness.isOpen(image)) return { fields: {}, left: openParts('ImageUri', image, openness) }
  return leftAs(
    'ImageUri',
    image,
    'a tag may be another image tomorrow: name it by its digest in image',
    openness,
  )
}

function builtImage({ metadata }: Coded, openness: Openness): FoundCode {
  const why = 'push the image, and name it by its digest in image'
  return leftAs('Metadata.Dockerfile', metadata as Part, why, openness)
}

function addressOf(uri: Part): string | undefined {
  const written = textOf(uri)
  if (written?.startsWith('s3://')) return written
  const [bucket, key, version] = ['Bucket', 'Key', 'Version'].map((name) => textOf(partAt(uri, name)))
  if (bucket === undefined || key === undefined) return undefined
  return `s3://${bucket}/${key}${version === undefined ? '' : `?versionId=${version}`}`
}

/** lambdactl bundles Node and packs Python itself; everything else is built by SAM, as before. */
function builtFrom(folder: string, coded: Coded, openness: Openness): FoundCode {
  const { properties, metadata, directory } = coded
  const written = partAt(metadata, 'BuildMethod')
  const method = written && (textOf(written) ?? 'only the stack knows')
  const runtime = textOf(properties.get('Runtime')) ?? ''
  const source = { path: resolve(directory, folder) }
  if (folder.endsWith('.zip')) return { source, fields: {}, left: [] }
  if (method === 'esbuild') {
    const { entry, fields, left } = takeEsbuild(partAt(metadata, 'BuildProperties'), openness)
    return { source: { path: resolve(directory, posix.join(folder, entry)) }, fields, left }
  }
  if (isPackedByLambdactl(method, runtime)) {
    return { source, fields: runtime.startsWith('nodejs') ? { bundle: false } : {}, left: [] }
  }
  return builtBySam(coded, runtime)
}

function isPackedByLambdactl(method: string | undefined, runtime: string): boolean {
  const [family] = /^(nodejs|python)/.exec(runtime) ?? []
  return family !== undefined && (method === undefined || method.startsWith(family))
}

function builtBySam({ logicalId, directory, template }: Coded, runtime: string): FoundCode {
  const isUsual = ['template.yaml', 'template.yml', 'template.json'].includes(template)
  return {
    source: { path: join(directory, '.aws-sam', 'build', logicalId) },
    build: {
      run: ['sam', 'build', ...(isUsual ? [] : ['--template-file', template])],
      in: directory,
    },
    fields: {
      ...(runtime.startsWith('nodejs') && { bundle: false }),
      ...(runtime.startsWith('python') && { requirements: false }),
    },
    left: [],
  }
}
