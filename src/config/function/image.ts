import { LambdactlError } from '../../errors/error.ts'
import type { MergedFunction } from '../service/overrides.ts'
import type { FieldPath, ImageSource } from '../types.ts'
import { interpolate, type Scope } from '../values/interpolate.ts'
import { unread } from '../values/references.ts'

/** Lambda takes images from ECR only; a repository's name may have folders. */
const pinned =
  /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.[a-z0-9.]+\/[a-z0-9]+([._/-]+[a-z0-9]+)*@sha256:[0-9a-f]{64}$/
const tagged = /^[^/]+\/([^:@]+):([^@]+)$/

/**
 * The image of a function, `${…}` filled in; undefined where it has a source.
 *
 * @throws LambdactlError CONFIG_INVALID for an image without a digest: a tag may be another image tomorrow
 */
export function resolveImage({ fields, origin }: MergedFunction, scope: Scope): ImageSource | undefined {
  const { image } = fields
  if (image === undefined) return undefined
  const { uri, command = [], entryPoint = [], workingDirectory = '' } = asMap(image)
  const field = typeof image === 'string' ? ['image'] : ['image', 'uri']
  const fill = (text: string, ...below: FieldPath) => interpolate(text, scope, origin(['image', ...below]))
  return {
    uri: requirePinned(interpolate(uri, scope, origin(field)), scope.place(origin(field))),
    command: command.map((text, index) => fill(text, 'command', index)),
    entryPoint: entryPoint.map((text, index) => fill(text, 'entryPoint', index)),
    workingDirectory: fill(workingDirectory, 'workingDirectory'),
  }
}

function asMap(image: NonNullable<MergedFunction['fields']['image']>) {
  return typeof image === 'string' ? { uri: image } : image
}

function requirePinned(uri: string, place: string): string {
  if (pinned.test(uri) || uri.includes(unread)) return uri
  const [, repository, tag] = tagged.exec(uri) ?? []
  const expected = 'expected an image in ECR by its digest, as in …/shop@sha256: and 64 hex digits'
  throw new LambdactlError('CONFIG_INVALID', `${place}: ${expected}, got ${JSON.stringify(uri)}.`, {
    next: tag
      ? [
          'A tag may be another image tomorrow, and a rollback has to find the same. docker push prints the digest; so does:',
          `aws ecr describe-images --repository-name ${repository} --image-ids imageTag=${tag} --query 'imageDetails[0].imageDigest'`,
        ]
      : ['docker push prints the digest.'],
  })
}
