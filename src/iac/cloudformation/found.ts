import type { FoundFunction } from '../found-function.ts'
import type { TemplateCode, TemplateFunction } from './template-functions.ts'

/** The facts about a function that its template tells by itself. */
export function found({ logicalId, lambdaName, aliases }: TemplateFunction): FoundFunction {
  return {
    logicalId,
    ...(lambdaName !== undefined && { lambdaName }),
    ...(aliases.length > 0 && { aliases }),
  }
}

/**
 * The note on code that is in no folder. Each deployment by the tool may put it elsewhere, so its address is no source
 * for the releases to come.
 */
export function leftCode(
  { code }: TemplateFunction,
  file: string,
  line?: number,
): Required<Pick<FoundFunction, 'left'>> {
  const why = `the code is ${placeWords(code)}; a release takes the code that the stack gave $LATEST`
  return { left: [{ what: 'Code', file, ...(line !== undefined && { line }), why }] }
}

/** A clause for a person: `in S3, as s3://bucket/key`. */
export function placeWords(code: TemplateCode): string {
  if (code.is !== 's3' || code.bucket === undefined) return words[code.is]
  const version = code.version === undefined ? '' : `?versionId=${code.version}`
  return `in S3, as s3://${code.bucket}/${code.key}${version}`
}

const words = {
  inline: 'in the template itself',
  image: 'an image',
  open: 'where only CloudFormation knows',
  s3: 'in S3',
  path: 'a path, from which another command uploads it',
}
